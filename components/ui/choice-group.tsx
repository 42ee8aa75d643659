import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

export type Choice<Value extends string> = { value: Value; label: string; description?: string; icon?: ReactNode };

type ChoiceGroupProps<Value extends string> = {
  legend: string;
  isLegendHidden?: boolean;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** One below the other, for those that need a sentence. */
  isStacked?: boolean;
};

/** One among a few, all in sight: native radio buttons, each the size of its card. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const { legend, isLegendHidden = false, choices, value, onChange, isStacked = false } = props;
  const name = useId();
  return (
    <fieldset>
      <legend className={isLegendHidden ? "sr-only" : "mb-2 font-medium"}>{legend}</legend>
      <div className={classNames("grid gap-3", !isStacked && "sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]")}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-target items-center gap-3 rounded-control border border-line-strong bg-page px-3.5 py-2.5 transition-colors hover:bg-surface-hover has-checked:border-action has-checked:bg-action-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="size-4 shrink-0 outline-none"
            />
            <span className="flex-1">
              {choice.label}
              {choice.description && <span className="block text-sm text-muted">{choice.description}</span>}
            </span>
            <span className="text-muted">{choice.icon}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
