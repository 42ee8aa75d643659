import { useFormatter, useTranslations } from "next-intl";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { ToolFacts } from "./tool-cards";

/** What was looked for or read in documents, in words; null for what is no such call, or makes no sense. */
export function useDocumentsFacts(call: ToolPart): ToolFacts | null {
  const t = useTranslations("assistant.tools.documents");
  const format = useFormatter();
  if (call.name === "search_documents" && call.input) {
    const facts = { asked: t("query", { query: call.input.query }), askedOf: t("by") };
    if (!call.output) return { ...facts, result: null };
    const { documents, passages } = call.output;
    const pagesOf = (name: string) => [
      ...new Set(passages.filter((passage) => passage.name === name).map(({ page }) => page)),
    ];
    const names = [...new Set(passages.map(({ name }) => name))];
    const found = names.map((name) => {
      const pages = pagesOf(name).sort((a, b) => a - b);
      return t("foundIn", { name, count: pages.length, pages: format.list(pages.map(String)) });
    });
    return {
      ...facts,
      result: t("found", { count: passages.length }),
      more: [
        { label: t("searched"), text: documents.join(", ") },
        ...(found.length > 0 ? [{ label: t("where"), text: found.join(" ; ") }] : []),
      ],
    };
  }
  if (call.name === "read_pages" && call.input) {
    const { document, from } = call.input;
    const facts = {
      asked: t("pages", { from, to: call.input.to ?? from, isOne: String((call.input.to ?? from) === from), document }),
      askedOf: t("by"),
    };
    if (!call.output) return { ...facts, result: null };
    const { name, to, isCut } = call.output;
    const read = { name, from: call.output.from, to, isOne: String(call.output.from === to) };
    return { ...facts, result: isCut ? t("readInPart", read) : t("read", read) };
  }
  return null;
}
