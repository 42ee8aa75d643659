import { useTranslations } from "next-intl";
import type { DocumentSummary } from "@/lib/documents/schema";

/** Where the reading of a document has got to: « Lecture en cours », « 12 pages ». */
export function Reading({ document }: { document: DocumentSummary }) {
  const t = useTranslations("documents");
  const { state, type, pages, pagesToRecognise, pagesRecognised, characters } = document;
  if (state === "received" || state === "checked") return t("reading");
  if (state === "read") return t("recognising", { done: pagesRecognised, total: pagesToRecognise });
  const kind = type === "xlsx" || type === "ods" ? "sheets" : type === "pptx" || type === "odp" ? "slides" : "pages";
  const isPaged = kind !== "pages" || type === "pdf";
  const read = isPaged ? t("ready", { kind, count: pages ?? 0 }) : t("readyToUse");
  if (characters === 0) return t("withoutText", { read });
  if (pagesRecognised === 0) return read;
  if (pagesRecognised < pagesToRecognise)
    return t("partlyToVerify", { read, done: pagesRecognised, total: pagesToRecognise });
  return t("toVerify", { read });
}
