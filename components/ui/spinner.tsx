import { classNames } from "./class-names";

/** A wait, when its label is written or announced beside it. It stands still for who asked for less motion. */
export function Spinner({ className }: { className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
      className={classNames("size-5 shrink-0 animate-spin motion-reduce:animate-none", className)}
    >
      <circle cx="10" cy="10" r="7" opacity={0.25} />
      <path d="M10 3a7 7 0 0 1 7 7" />
    </svg>
  );
}
