import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ExternalIcon } from "@/components/ui/icons";
import { hostOf } from "@/lib/web/site-name";

/** A page of the web, in another window that knows nothing of this one; text alone when the address is none of the web. */
export function WebLink({ url, className, children }: { url: string; className?: string; children: ReactNode }) {
  const t = useTranslations("sources");
  if (hostOf(url) === null) return children;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className={className}>
      {children}
      <ExternalIcon className="ml-1 inline size-3.5 align-[-0.1em] print:hidden" />
      <span className="sr-only"> {t("newWindow")}</span>
    </a>
  );
}
