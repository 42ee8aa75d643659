import Link from "next/link";
import { useTranslations } from "next-intl";

/** The name of the service, which leads to its home. */
export function Brand() {
  const t = useTranslations("layout");
  return (
    <Link
      href="/"
      prefetch={false}
      className="inline-flex min-h-target items-center gap-2.5 rounded-control font-semibold tracking-tight text-default"
    >
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" className="size-8">
        <rect width="32" height="32" rx="9" className="fill-action" />
        <path
          d="M10 9.5h12a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-6L11.5 25v-3.5H10A2.5 2.5 0 0 1 7.5 19v-7A2.5 2.5 0 0 1 10 9.5Z"
          className="fill-on-action"
        />
        <path d="M12 13.75h8M12 17.25h5" strokeWidth="1.75" strokeLinecap="round" className="stroke-action" />
      </svg>
      {t("product")}
    </Link>
  );
}
