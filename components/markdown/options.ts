import type { Options } from "react-markdown";
import type rehypeKatex from "rehype-katex";
import type { Options as KatexOptions } from "rehype-katex";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import { remarkHtmlAsText } from "@/lib/markdown/html-as-text";
import { components } from "./components";
import { rehypeGuard } from "./guard";
import { rehypeMarkers } from "./markers";

export type MathsPlugin = [typeof rehypeKatex, KatexOptions];

type Drawing = {
  /** Makes the identifiers of the notes unique in the page. */
  messageId: string;
  footnotes: string;
  /** Says where the link after a note leads. `note` is its number, with that of the call when it is called again. */
  backToText: (note: string) => string;
  /** Null while it is not loaded, or not needed. */
  maths: MathsPlugin | null;
};

/** How every answer is drawn, stored or being written: one list of plugins, one map of components. */
export function markdownOptions({ messageId, footnotes, backToText, maths }: Drawing): Options {
  const prefix = `m-${messageId}-`;
  return {
    remarkPlugins: [remarkGfm, [remarkMath, { singleDollarTextMath: false }], remarkHtmlAsText],
    rehypePlugins: [rehypeMarkers, ...(maths ? [maths] : []), [rehypeGuard, { prefix }]],
    remarkRehypeOptions: {
      clobberPrefix: prefix,
      footnoteLabel: footnotes,
      footnoteBackLabel: (index, again) => backToText(again > 1 ? `${index + 1}-${again}` : `${index + 1}`),
    },
    components,
    // The guard has already decided.
    urlTransform: (url) => url,
  };
}
