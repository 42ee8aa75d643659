"use client";

import { useTranslations } from "next-intl";
import { memo, useEffect, useMemo, useState } from "react";
import Markdown, { type Options } from "react-markdown";
import { mayHoldMaths, normaliseMaths } from "@/lib/markdown/maths";
import { splitBlocks } from "./blocks";
import { type MathsPlugin, markdownOptions } from "./options";
import { completeUnfinished } from "./unfinished";

type LiveMarkdownProps = {
  messageId: string;
  children: string;
  /** Once true, the text is drawn exactly as it will be when stored. */
  ended: boolean;
  /** Known already, in tests; a browser loads it when maths appear. */
  maths?: MathsPlugin;
};

/** An answer as it is written. Only its last block is drawn again at each update. */
export function LiveMarkdown({ messageId, children, ended, maths: known }: LiveMarkdownProps) {
  const t = useTranslations("markdown");
  const maths = useMaths(known ?? null, mayHoldMaths(children));
  const options = useMemo(
    () =>
      markdownOptions({ messageId, footnotes: t("footnotes"), backToText: (note) => t("backToText", { note }), maths }),
    [messageId, maths, t],
  );
  const blocks = splitBlocks(normaliseMaths(children));
  const last = blocks.length - 1;
  return blocks.map((block, index) => (
    // A block keeps its place as long as the text only grows.
    // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
    <Block key={index} options={options} text={index === last && !ended ? completeUnfinished(block) : block} />
  ));
}

const Block = memo(({ text, options }: { text: string; options: Options }) => <Markdown {...options}>{text}</Markdown>);
Block.displayName = "Block";

function useMaths(known: MathsPlugin | null, needed: boolean): MathsPlugin | null {
  const [maths, setMaths] = useState(known);
  useEffect(() => {
    if (maths || !needed) return;
    let wanted = true;
    void import("./katex").then(({ katexPlugin }) => wanted && setMaths(katexPlugin));
    return () => {
      wanted = false;
    };
  }, [maths, needed]);
  return maths;
}
