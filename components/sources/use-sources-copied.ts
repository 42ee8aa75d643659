import { useTranslations } from "next-intl";
import { isCitedPage } from "@/lib/conversations/rules";
import type { CitedSource } from "@/lib/conversations/schema";
import { hostOf } from "@/lib/web/site-name";
import { useSourceName } from "./use-place";

export type SourcesCopied = { markdown: string; html: string };

/** The list of sources as it goes with an answer that is copied, with the addresses of those of the web; empty without sources. */
export function useSourcesCopied(sources: readonly CitedSource[]): SourcesCopied {
  const t = useTranslations("sources");
  const nameOf = useSourceName();
  if (sources.length === 0) return { markdown: "", html: "" };
  const lines = sources.map((source) => {
    const { name, place, isRecognised } = nameOf(source);
    const address = isCitedPage(source) && hostOf(source.url) !== null ? source.url : null;
    return { text: `[${source.number}] ${name}, ${place}${isRecognised ? t("recognised") : ""}`, address };
  });
  const title = t("copied");
  const inMarkdown = lines.map(({ text, address }) => {
    const escaped = text.replace(/[\\`*_<>]/g, "\\$&");
    return `- ${escaped}${address ? `, <${address.replace(/[\s<>]/g, encodeURIComponent)}>` : ""}`;
  });
  const inHtml = lines.map(
    ({ text, address }) =>
      `<li>${toHtml(text)}${address ? `, <a href="${toHtml(address)}">${toHtml(address)}</a>` : ""}</li>`,
  );
  return {
    markdown: `\n\n${title}\n\n${inMarkdown.join("\n")}`,
    html: `<p>${toHtml(title)}</p><ul>${inHtml.join("")}</ul>`,
  };
}

const toHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
