import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  /** Its name, shown too when the pointer rests on it. */
  label: string;
  size?: "medium" | "small";
  children: ReactNode;
};

export function IconButton({ label, size = "medium", className, children, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      title={label}
      className={classNames(
        "inline-flex items-center justify-center rounded-control border border-transparent text-muted transition-colors",
        "hover:bg-surface-hover hover:text-default disabled:cursor-not-allowed disabled:opacity-60",
        size === "medium" ? "size-target" : "size-target-small",
        className,
      )}
    >
      {children}
    </button>
  );
}
