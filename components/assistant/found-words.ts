import { folded, toLexemes } from "@/lib/documents/lexemes";
import { stemOf } from "@/lib/documents/stem";
import { parseHistoryQuery } from "@/lib/history/rules";

/** Where in a text, in UTF-16 units; `end` is excluded. */
type Span = { start: number; end: number };
type Word = Span & { text: string };

/** Out of what a reader takes for the message: what names its author, and what can be done with it. */
const ASIDE = "footer, .sr-only, button, textarea";
/** From how many letters a word may be the beginning of those that are found. */
const PREFIX_MIN = 4;

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    text: folded(word),
    start: index,
    end: index + word.length,
  }));

/**
 * Finds in a text the words that a query looks for, whatever their accents and their agreement, and its phrases. Nearly what the
 * server finds: it only marks.
 */
export function wordFinder(query: string): (text: string) => Span[] {
  const { words, phrases } = parseHistoryQuery(query);
  const stems = new Set(words.flatMap((word) => toLexemes(word).map(({ lexeme }) => lexeme)));
  const last = wordsOf(words.at(-1) ?? "").at(-1)?.text;
  const prefix = last && last.length >= PREFIX_MIN ? last : null;
  const sequences = phrases.map((phrase) => wordsOf(phrase).map(({ text }) => text)).filter(({ length }) => length > 0);

  return (text) => {
    const all = wordsOf(text);
    const single = all.filter((word) => stems.has(stemOf(word.text)) || (prefix && word.text.startsWith(prefix)));
    const together = sequences.flatMap((sequence) =>
      all.flatMap(({ start }, at) => {
        const end = all[at + sequence.length - 1]?.end;
        return end !== undefined && sequence.every((word, index) => all[at + index]?.text === word)
          ? [{ start, end }]
          : [];
      }),
    );
    return [...single.map(({ start, end }) => ({ start, end })), ...together];
  };
}

/** The words of a query in a message that is drawn. */
export function rangesIn(message: HTMLElement, query: string): Range[] {
  const find = wordFinder(query);
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(ASIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const ranges: Range[] = [];
  while (texts.nextNode()) {
    const { currentNode } = texts;
    for (const { start, end } of find(currentNode.textContent ?? "")) {
      const range = new Range();
      range.setStart(currentNode, start);
      range.setEnd(currentNode, end);
      ranges.push(range);
    }
  }
  return ranges;
}
