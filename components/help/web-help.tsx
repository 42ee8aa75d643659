import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SearchEngine } from "@/lib/web/schema";
import { HelpList } from "./help-section";

/** How the web is searched here, and what leaves the service when it is; pages can be read without any engine. */
export function WebHelp({ engines }: { engines: readonly SearchEngine[] }) {
  const t = useTranslations("help.web");
  const format = useFormatter();
  const names = engines.map(({ label, hosting }) => t("engine", { label, hosting }));
  const bold = {
    strong: (text: ReactNode) => <strong>{text}</strong>,
    engines: format.list(names, { type: "disjunction" }),
  };
  if (engines.length === 0)
    return (
      <>
        <p>{t("none")}</p>
        <HelpList items={(["addresses", "cited", "limits"] as const).map((item) => t.rich(item, bold))} />
      </>
    );
  return (
    <>
      <p>
        {t.rich("how", {
          settings: (text) => (
            <Link href="/parametres" className="text-link">
              {text}
            </Link>
          ),
        })}
      </p>
      <HelpList
        items={(["leaves", "engines", "official", "cited", "addresses", "limits"] as const).map((item) =>
          t.rich(item, bold),
        )}
      />
    </>
  );
}
