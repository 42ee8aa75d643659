import { useTranslations } from "next-intl";
import { isCitedPage } from "@/lib/conversations/rules";
import type { CitedDocument, CitedSource } from "@/lib/conversations/schema";
import { siteNamed } from "@/lib/web/site-name";

export type Place = Pick<CitedDocument, "page" | "kind" | "label">;

/** Where a passage is, in words: « page 14 », « feuille « Dépenses » ». */
export function usePlace(): (place: Place) => string {
  const t = useTranslations("sources");
  return ({ page, kind, label }) => {
    const isNamed = label !== null && label !== "" && label !== String(page);
    return t("place", { kind, page, label: label ?? "", isNamed: isNamed ? "yes" : "no" });
  };
}

/** What a source is called, and where its passage is: the page of a document, the site of a page of the web. */
export function useSourceName(): (source: CitedSource) => { name: string; place: string; isRecognised: boolean } {
  const place = usePlace();
  return (source) =>
    isCitedPage(source)
      ? { name: source.title || source.url, place: siteNamed(source), isRecognised: false }
      : { name: source.name, place: place(source), isRecognised: source.isRecognised };
}
