import { classNames } from "./class-names";

/** The place of a line of text that is being read. What is awaited is said beside it. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "block h-4 animate-pulse-soft rounded-sm bg-surface-hover motion-reduce:animate-none",
        className,
      )}
    />
  );
}
