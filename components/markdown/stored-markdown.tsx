import { useTranslations } from "next-intl";
import Markdown from "react-markdown";
import { normaliseMaths } from "@/lib/markdown/maths";
import { katexPlugin } from "./katex";
import { markdownOptions } from "./options";

/** An answer that is complete, drawn on the server. */
export function StoredMarkdown({ messageId, children }: { messageId: string; children: string }) {
  const t = useTranslations("markdown");
  const options = markdownOptions({
    messageId,
    footnotes: t("footnotes"),
    backToText: (note) => t("backToText", { note }),
    maths: katexPlugin,
  });
  return <Markdown {...options}>{normaliseMaths(children)}</Markdown>;
}
