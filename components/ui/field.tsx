import type { ReactNode } from "react";
import { ErrorIcon } from "./icons";

/** The look shared by what one types in. */
export const inputClass =
  "w-full rounded-control border border-line-strong bg-page px-3 py-2 text-default " +
  "disabled:cursor-not-allowed disabled:bg-surface disabled:text-muted aria-invalid:border-danger";

export type FieldTexts = {
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  /** The error follows what is typed, at each key: it is told some other way, less often. */
  isErrorQuiet?: boolean | undefined;
};

type FieldProps = FieldTexts & { id: string; children: ReactNode };

const descriptionId = (id: string) => `${id}-description`;
const errorId = (id: string) => `${id}-error`;

/** What describes the control `id`, for its `aria-describedby`. */
export const describedBy = (id: string, { description, error }: FieldTexts): string | undefined =>
  [description && descriptionId(id), error && errorId(id)].filter(Boolean).join(" ") || undefined;

/** A label, what helps to answer, the control, and what is wrong with the answer. */
export function Field({ id, label, description, error, isErrorQuiet, children }: FieldProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {description && (
        <p id={descriptionId(id)} className="text-sm text-muted">
          {description}
        </p>
      )}
      {children}
      {error && (
        <p
          id={errorId(id)}
          role={isErrorQuiet ? undefined : "alert"}
          className="flex items-start gap-1.5 text-sm text-danger"
        >
          <ErrorIcon className="mt-0.5 size-4" />
          {error}
        </p>
      )}
    </div>
  );
}
