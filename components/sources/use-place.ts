import { useTranslations } from "next-intl";
import type { CitedSource } from "@/lib/conversations/schema";

export type Place = Pick<CitedSource, "page" | "kind" | "label">;

/** Where a passage is, in words: « page 14 », « feuille « Dépenses » ». */
export function usePlace(): (place: Place) => string {
  const t = useTranslations("sources");
  return ({ page, kind, label }) => {
    const isNamed = label !== null && label !== "" && label !== String(page);
    return t("place", { kind, page, label: label ?? "", isNamed: isNamed ? "yes" : "no" });
  };
}
