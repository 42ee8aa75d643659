"use client";

import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, type Ref } from "react";
import { type Span, toTextBlocks } from "./text-blocks";

/** How much is shown on each side of the passage: a sheet or a text file may be a page of millions of characters. */
const AROUND_MAX = 20_000;

type MarkedTextProps = { text: string; passage: Span | null; mark?: Ref<HTMLElement> };

/** The text of a page as it was read, with its tables; its passage is marked, for the eyes and for screen readers. */
export function MarkedText({ text, passage, mark }: MarkedTextProps) {
  const t = useTranslations("sources");
  const start = Math.min(passage?.start ?? 0, text.length);
  const end = Math.max(start, Math.min(passage?.end ?? 0, text.length));
  const shown = around(text, { start, end });
  const blocks = toTextBlocks(text, shown);
  const markOf = (piece: Span) => markIn(text, piece, { start, end });
  const pieces = blocks.flatMap((block) => (block.type === "table" ? block.rows.flat() : [block]));
  const [first, last] = [pieces.find(markOf), pieces.findLast(markOf)];

  /** A cell or a stretch of text, in which the passage may be. */
  const piece = (span: Span): ReactNode => {
    const marked = markOf(span);
    if (!marked) return text.slice(span.start, span.end);
    return (
      <>
        {text.slice(span.start, marked.start)}
        {span === first && <span className="sr-only select-none">{t("passageStart")} </span>}
        <mark ref={span === first ? mark : undefined} className="mark-passage">
          {text.slice(marked.start, marked.end)}
        </mark>
        {span === last && <span className="sr-only select-none"> {t("passageEnd")}</span>}
        {text.slice(marked.end, span.end)}
      </>
    );
  };

  return (
    <>
      {shown.start > 0 && <span className="mb-3 block text-muted">{t("cutBefore")}</span>}
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text that is read does not change
        <Fragment key={index}>
          {block.type === "text" ? piece(block) : <PageTable rows={block.rows} piece={piece} />}
        </Fragment>
      ))}
      {shown.end < text.length && <span className="mt-3 block text-muted">{t("cutAfter")}</span>}
    </>
  );
}

function PageTable({ rows, piece }: { rows: Span[][]; piece: (cell: Span) => ReactNode }) {
  return (
    <table className="my-2 border-collapse whitespace-normal text-sm">
      <tbody>
        {rows.map((cells) => (
          <tr key={cells[0]?.start}>
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: its column is what a cell is known by
              <td key={index} className="border border-line px-2 py-1 align-top wrap-normal">
                {piece(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
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
