import { classNames } from "./class-names";

/** An option that the keys of a field move to: it is outlined too, since a background alone is hardly seen, or not drawn. */
export const optionClass = (isActive: boolean, className: string): string =>
  classNames(
    "flex min-h-target cursor-pointer rounded-control px-3 py-1.5",
    className,
    isActive && "bg-action-soft outline-2 -outline-offset-2 outline-focus",
  );
