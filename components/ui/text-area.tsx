import { type ComponentProps, useId } from "react";
import { classNames } from "./class-names";
import { describedBy, Field, type FieldTexts, inputClass } from "./field";

type TextAreaProps = FieldTexts & Omit<ComponentProps<"textarea">, "id" | "className">;

export function TextArea({ label, description, error, isErrorQuiet, ...props }: TextAreaProps) {
  const id = useId();
  const texts = { label, description, error, isErrorQuiet };
  return (
    <Field id={id} {...texts}>
      <textarea
        rows={5}
        {...props}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, texts)}
        className={classNames(inputClass, "resize-y leading-relaxed")}
      />
    </Field>
  );
}
