import { type ComponentProps, type ReactNode, useId } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "id" | "type" | "className" | "role"> & {
  label: ReactNode;
  description?: ReactNode;
};

export function Checkbox({ label, description, ...props }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <span className="flex h-[1.6em] items-center">
        <input
          {...props}
          id={id}
          type="checkbox"
          aria-describedby={description ? `${id}-description` : undefined}
          className="size-5 disabled:cursor-not-allowed"
        />
      </span>
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {description && (
          <p id={`${id}-description`} className="text-sm text-muted">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}
