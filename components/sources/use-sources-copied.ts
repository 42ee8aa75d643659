import { useTranslations } from "next-intl";
import type { CitedSource } from "@/lib/conversations/schema";
import { usePlace } from "./use-place";

export type SourcesCopied = { markdown: string; html: string };

/** The list of sources as it goes with an answer that is copied; empty without sources. */
export function useSourcesCopied(sources: readonly CitedSource[]): SourcesCopied {
  const t = useTranslations("sources");
  const place = usePlace();
  if (sources.length === 0) return { markdown: "", html: "" };
  const lines = sources.map(
    (source) => `[${source.number}] ${source.name}, ${place(source)}${source.isRecognised ? t("recognised") : ""}`,
  );
  const title = t("copied");
  return {
    markdown: `\n\n${title}\n\n${lines.map((line) => `- ${line.replace(/[\\`*_<>]/g, "\\$&")}`).join("\n")}`,
    html: `<p>${toHtml(title)}</p><ul>${lines.map((line) => `<li>${toHtml(line)}</li>`).join("")}</ul>`,
  };
}

const toHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
