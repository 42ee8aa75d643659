import { Lexer, Marked } from "marked";

/** A block of maths is one block, whatever its lines look like. */
const marked = new Marked({
  gfm: true,
  // HTML is text: see lib/markdown/html-as-text.ts.
  tokenizer: { html: () => undefined },
  extensions: [
    {
      name: "maths",
      level: "block",
      start: (source) => /^ {0,3}\$\$/m.exec(source)?.index,
      tokenizer: (source) => {
        const found = /^ {0,3}\$\$[^$\n]*\n(?:[\s\S]*?\n)? {0,3}\$\$[ \t]*(?:\n|$)/.exec(source);
        return found ? { type: "maths", raw: found[0] } : undefined;
      },
    },
  ],
});

/**
 * A text cut into blocks that can be drawn apart, so that only the one being written is drawn again. A text whose parts
 * refer to each other (footnotes, links defined elsewhere) stays in one piece.
 */
export function splitBlocks(markdown: string): string[] {
  if (/\[\^[^\]\s]+\]|^ {0,3}\[[^\]]+\]:/m.test(markdown)) return [markdown];
  const blocks: string[] = [];
  let before = "";
  for (const { type, raw } of new Lexer(marked.defaults).blockTokens(markdown)) {
    const previous = blocks.at(-1);
    // Blank lines belong to the block before them, or at the start to the one after. Two paragraphs with no blank line
    // between them are one, that marked parts at a tag.
    const isOne = raw.trim() === "" || previous?.trim() === "" || (type === "paragraph" && before === type);
    if (previous !== undefined && isOne) blocks[blocks.length - 1] = previous + raw;
    else blocks.push(raw);
    before = type;
  }
  return blocks;
}
