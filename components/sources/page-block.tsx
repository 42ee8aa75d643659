import { Fragment, type ReactNode } from "react";
import type { ListItem, Span, TextBlock } from "./text-blocks";

/** Titles of a page come under that of the panel. */
const TITLES = ["h3", "h4", "h5", "h6"] as const;

type PageBlockProps = {
  block: TextBlock;
  /** Of the highest title of the page. */
  topLevel: number;
  /** The page is plain text, in the letters of any other. */
  isAllOfIt: boolean;
  /** Shows a stretch of the page, with its signs or as what they say. */
  verbatim: (span: Span) => ReactNode;
  inline: (span: Span) => ReactNode;
};

/** A title, a list, a table… of a page that was read. */
export function PageBlock({ block, topLevel, isAllOfIt, verbatim, inline }: PageBlockProps) {
  switch (block.type) {
    case "text":
      return inline(block);
    case "code":
      return isAllOfIt ? (
        verbatim(block)
      ) : (
        <pre className="my-2 whitespace-pre-wrap font-mono text-sm">{verbatim(block)}</pre>
      );
    case "heading": {
      const depth = block.level - topLevel;
      const Title = TITLES[Math.min(depth, TITLES.length - 1)] ?? "h6";
      return <Title className={depth === 0 ? "text-lg font-semibold" : "font-semibold"}>{inline(block)}</Title>;
    }
    case "list":
      return <PageList items={block.items} inline={inline} />;
    case "quote":
      return (
        <blockquote className="border-line-strong border-l-2 pl-3">
          <Lines lines={block.lines} inline={inline} />
        </blockquote>
      );
    case "table":
      return <PageTable rows={block.rows} inline={inline} />;
  }
}

type Inline = Pick<PageBlockProps, "inline">;

/** Depths are shown by a margin: numbers are those that were read, whatever comes between them. */
function PageList({ items, inline }: { items: ListItem[] } & Inline) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: without bullets, Safari says nothing of a list
    <ul role="list">
      {items.map(({ depth, marker, lines }) => (
        <li
          key={lines[0]?.start}
          style={{ marginInlineStart: `${Math.min(depth, 8) * 1.25}rem` }}
          className="flex gap-2"
        >
          {marker ? <span>{inline(marker)}</span> : <span aria-hidden="true">•</span>}
          <div className="min-w-0">
            <Lines lines={lines} inline={inline} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines, inline }: { lines: Span[] } & Inline) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that is read does not change
    <Fragment key={index}>
      {index > 0 && <br />}
      {inline(line)}
    </Fragment>
  ));
}

function PageTable({ rows, inline }: { rows: Span[][] } & Inline) {
  return (
    <table className="my-2 border-collapse whitespace-normal text-sm">
      <tbody>
        {rows.map((cells) => (
          <tr key={cells[0]?.start}>
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: its column is what a cell is known by
              <td key={index} className="border border-line px-2 py-1 align-top wrap-normal">
                {inline(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
