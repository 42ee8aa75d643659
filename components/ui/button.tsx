import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "medium" | "small";

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-action text-on-action hover:bg-action-hover",
  secondary: "border-line-strong bg-page text-default hover:bg-surface-hover",
  quiet: "border-transparent text-default hover:bg-surface-hover",
  danger: "border-danger bg-page text-danger hover:bg-danger-soft",
};

const sizes: Record<ButtonSize, string> = {
  medium: "min-h-target px-4 py-2",
  small: "min-h-target-small px-3 py-1 text-sm",
};

type Look = { variant?: ButtonVariant | undefined; size?: ButtonSize | undefined; className?: string | undefined };

/** The look of a button, for what must be another element. */
export const buttonClass = ({ variant = "secondary", size = "medium", className }: Look): string =>
  classNames(
    "inline-flex items-center justify-center gap-2 rounded-control border text-center font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-60",
    variants[variant],
    sizes[size],
    className,
  );

type ButtonProps = Look & Omit<ComponentProps<"button">, "className"> & { isPending?: boolean; children: ReactNode };

/** While pending it keeps its name and the focus, and its click does nothing. */
export function Button({ variant, size, className, isPending = false, onClick, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      onClick={isPending ? (event) => event.preventDefault() : onClick}
      className={buttonClass({ variant, size, className })}
    >
      {isPending && <Spinner className="size-4" />}
      {children}
    </button>
  );
}

type ButtonLinkProps = Look & Omit<ComponentProps<typeof Link>, "className">;

/** Goes somewhere, hence a link, though it looks like a button. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link {...props} className={buttonClass({ variant, size, className })} />;
}
