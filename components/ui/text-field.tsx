import { type ComponentProps, useId } from "react";
import { classNames } from "./class-names";
import { describedBy, Field, type FieldTexts, inputClass } from "./field";

type TextFieldProps = FieldTexts & Omit<ComponentProps<"input">, "id" | "className">;

export function TextField({ label, description, error, isErrorQuiet, ...props }: TextFieldProps) {
  const id = useId();
  const texts = { label, description, error, isErrorQuiet };
  return (
    <Field id={id} {...texts}>
      <input
        {...props}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, texts)}
        className={classNames(inputClass, "min-h-target")}
      />
    </Field>
  );
}
