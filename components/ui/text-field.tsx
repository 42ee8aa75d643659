import { type ComponentProps, useId } from "react";
import { classNames } from "./class-names";
import { describedBy, Field, type FieldTexts, inputClass } from "./field";

type TextFieldProps = FieldTexts & Omit<ComponentProps<"input">, "id" | "className">;

export function TextField({ label, description, error, ...props }: TextFieldProps) {
  const id = useId();
  const texts = { label, description, error };
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
