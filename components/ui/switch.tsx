import { type ReactNode, useEffect, useId, useRef } from "react";

type SwitchProps = {
  label: ReactNode;
  description?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (isOn: boolean) => void;
};

/** A choice that takes effect at once. One that waits for a « Enregistrer » is a checkbox. */
export function Switch({ label, description, checked, disabled, onChange }: SwitchProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);

  // Moved before the page answered: what is seen is what was wanted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when the page begins to answer
  useEffect(() => {
    if (field.current && field.current.checked !== checked) onChange(field.current.checked);
  }, []);

  return (
    <div className="flex items-start justify-between gap-6">
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {description && (
          <div id={`${id}-description`} className="mt-1 text-sm text-muted">
            {description}
          </div>
        )}
      </div>
      <span className="relative inline-flex h-7 w-12 shrink-0">
        <input
          ref={field}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          id={id}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: the browser exposes the state of a native checkbox
          role="switch"
          aria-describedby={description ? `${id}-description` : undefined}
          className="peer absolute inset-0 size-full appearance-none rounded-full border border-line-strong bg-surface transition-colors checked:border-action checked:bg-action disabled:cursor-not-allowed disabled:opacity-60"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1 left-1 size-5 rounded-full bg-line-strong transition-transform peer-checked:translate-x-5 peer-checked:bg-on-action"
        />
      </span>
    </div>
  );
}
