import { toLexemes } from "../lib/documents/lexemes.ts";
import type { DemoPage } from "./demo-corpus.ts";

const EXCERPT_CHARACTERS_MAX = 240;
const COUNTED_MAX = 3;

type Indexed = { page: DemoPage; title: Set<string>; counts: Map<string, number>; paragraphs: Set<string>[] };

const wordsOf = (text: string) => new Set(toLexemes(text).map(({ lexeme }) => lexeme));

/** Finds pages by their words: those that have most of the words of the query, more so in their title, first. */
export function createDemoIndex(pages: readonly DemoPage[]) {
  const indexed = pages.map((page): Indexed => {
    const counts = new Map<string, number>();
    for (const { lexeme } of toLexemes([page.title, ...page.paragraphs].join("\n")))
      counts.set(lexeme, (counts.get(lexeme) ?? 0) + 1);
    return { page, title: wordsOf(page.title), counts, paragraphs: page.paragraphs.map(wordsOf) };
  });

  return (query: string): { page: DemoPage; excerpt: string; score: number }[] => {
    const words = [...wordsOf(query)];
    return indexed
      .map((one) => {
        const known = words.filter((word) => one.counts.has(word));
        const score = known.reduce(
          (sum, word) =>
            sum + Math.min(one.counts.get(word) ?? 0, COUNTED_MAX) + (one.title.has(word) ? 2 * COUNTED_MAX : 0),
          0,
        );
        return { page: one.page, known: known.length, score, excerpt: excerptOf(one, words) };
      })
      .filter(({ known }) => known > 0 && known >= words.length / 3)
      .sort((one, other) => other.known - one.known || other.score - one.score);
  };
}

/** The paragraph with most of the words. */
function excerptOf({ page, paragraphs }: Indexed, words: readonly string[]): string {
  const counts = paragraphs.map((known) => words.filter((word) => known.has(word)).length);
  const text = page.paragraphs[counts.indexOf(Math.max(...counts))] ?? "";
  return text.length <= EXCERPT_CHARACTERS_MAX ? text : `${text.slice(0, EXCERPT_CHARACTERS_MAX - 1)}…`;
}
