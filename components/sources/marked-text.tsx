"use client";

import { useTranslations } from "next-intl";
import type { ReactNode, Ref } from "react";
import { type Look, type Piece, toPieces } from "./inline-pieces";
import { PageBlock } from "./page-block";
import { type Span, type TextBlock, toTextBlocks } from "./text-blocks";

/** How much is shown on each side of the passage: a sheet or a text file may be a page of millions of characters. */
const AROUND_MAX = 20_000;

type MarkedTextProps = {
  text: string;
  /** Of the document: in plain text every sign is text, and asterisks are signs in Markdown alone. */
  type: string | null;
  /** By a model, which may have written Markdown. */
  isRecognised: boolean;
  passage: Span | null;
  mark?: Ref<HTMLElement>;
};

/** The text of a page as it was read, with its titles, lists and tables; its passage is marked, for the eyes and for screen readers. */
export function MarkedText({ text, type, isRecognised, passage, mark }: MarkedTextProps) {
  const t = useTranslations("sources");
  const start = Math.min(passage?.start ?? 0, text.length);
  const end = Math.max(start, Math.min(passage?.end ?? 0, text.length));
  const shown = around(text, { start, end });
  const blocks: TextBlock[] = type === "txt" ? [{ type: "code", ...shown }] : toTextBlocks(text, shown);
  const isMarkdown = type === "md" || isRecognised;
  const piecesOf = (span: Span): Piece[] => toPieces(text, span, isMarkdown);
  const markOf = (piece: Span) => markIn(text, piece, { start, end });
  const pieces = blocks.flatMap((block): Span[] =>
    block.type === "code" ? [block] : spansOf(block).flatMap((span) => piecesOf(span)),
  );
  const [first, last] = [pieces.find(markOf)?.start, pieces.findLast(markOf)?.end];

  const piece = (span: Span): ReactNode => {
    const marked = markOf(span);
    if (!marked) return text.slice(span.start, span.end);
    return (
      <>
        {text.slice(span.start, marked.start)}
        {span.start === first && <span className="sr-only select-none">{t("passageStart")} </span>}
        <mark ref={span.start === first ? mark : undefined} className="mark-passage">
          {text.slice(marked.start, marked.end)}
        </mark>
        {span.end === last && <span className="sr-only select-none"> {t("passageEnd")}</span>}
        {text.slice(marked.end, span.end)}
      </>
    );
  };
  const inline = (span: Span): ReactNode =>
    piecesOf(span).map((each) => (
      <Looks key={each.start} looks={each.looks}>
        {piece(each)}
      </Looks>
    ));
  const topLevel = Math.min(...blocks.map((block) => (block.type === "heading" ? block.level : 6)));

  return (
    <>
      {shown.start > 0 && <span className="mb-3 block text-muted">{t("cutBefore")}</span>}
      {blocks.map((block, index) => (
        <PageBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: a text that is read does not change
          key={index}
          block={block}
          topLevel={topLevel}
          isAllOfIt={type === "txt"}
          verbatim={piece}
          inline={inline}
        />
      ))}
      {shown.end < text.length && <span className="mt-3 block text-muted">{t("cutAfter")}</span>}
    </>
  );
}

/** Each look in the one before it. */
function Looks({ looks: [look, ...others], children }: { looks: readonly Look[]; children: ReactNode }) {
  if (!look) return children;
  const inside = <Looks looks={others}>{children}</Looks>;
  if (look === "strong") return <strong>{inside}</strong>;
  if (look === "em") return <em>{inside}</em>;
  if (look === "del") return <del>{inside}</del>;
  if (look === "code") return <code className="font-mono text-[0.9em]">{inside}</code>;
  return <span className="text-muted"> ({inside})</span>;
}

/** What a block says, in its order. */
function spansOf(block: TextBlock): Span[] {
  if (block.type === "table") return block.rows.flat();
  if (block.type === "quote") return block.lines;
  if (block.type === "list") return block.items.flatMap(({ marker, lines }) => (marker ? [marker, ...lines] : lines));
  return [block];
}

/** Whole lines, when there are lines. */
function around(text: string, { start, end }: Span): Span {
  const [from, to] = [Math.max(0, start - AROUND_MAX), Math.min(text.length, end + AROUND_MAX)];
  const lineStart = from === 0 ? 0 : text.indexOf("\n", from) + 1;
  const lineEnd = to === text.length ? to : text.lastIndexOf("\n", to);
  return {
    start: lineStart > 0 && lineStart <= start ? lineStart : from,
    end: lineEnd >= end ? lineEnd : to,
  };
}

/** What a piece holds of the passage, without the blanks at its ends; null for nothing. */
function markIn(text: string, piece: Span, passage: Span): Span | null {
  const [from, to] = [Math.max(piece.start, passage.start), Math.min(piece.end, passage.end)];
  const held = text.slice(from, Math.max(from, to));
  const start = from + held.length - held.trimStart().length;
  const end = start + held.trim().length;
  return end > start ? { start, end } : null;
}
