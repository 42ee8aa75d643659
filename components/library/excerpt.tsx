import { useTranslations } from "next-intl";
import type { Excerpt as FoundExcerpt } from "@/lib/library/schema";

/** Where a document answers what is looked for, the words marked, and on which page. */
export function Excerpt({ number, kind, label, parts }: FoundExcerpt) {
  const t = useTranslations("documents.excerpt");
  const isNamed = label !== null && kind === "sheet";
  return (
    <p className="text-sm wrap-anywhere">
      <span className="font-medium">{isNamed ? t("sheet", { label }) : t("page", { kind, number })}</span>
      {" · "}
      {parts.map(({ text, isMarked }, index) =>
        isMarked ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, in order
          <mark key={index} className="rounded-xs bg-warning-soft font-medium text-default">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </p>
  );
}
