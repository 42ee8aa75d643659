import { toOneLine } from "@/lib/extraction/normal-text";
import { type QueryFilter, withoutPersonalData } from "./query-personal-data";

const CHARACTERS_MAX = 200;
const WORDS_MAX = 20;
/** A model that repeats itself is cut before it is looked through. */
const READ_CHARACTERS_MAX = 4_000;

const PAIRS = [
  ["«", "»"],
  ["“", "”"],
] as const;

/**
 * What may leave with a search: at most 200 characters and 20 words on one line, quotes balanced, without the personal data that
 * the filters find. `removed` names the kinds of what was taken out, never the values. The text is empty when nothing is left.
 */
export function minimiseQuery(
  text: string,
  filters: readonly QueryFilter[] = [withoutPersonalData],
): { text: string; removed: string[] } {
  let left = toOneLine(text.slice(0, READ_CHARACTERS_MAX));
  const removed = new Set<string>();
  // Before it is cut: half an address is one still.
  for (const filter of filters) {
    const filtered = filter(left);
    left = filtered.text;
    for (const kind of filtered.removed) removed.add(kind);
  }
  return { text: withBalancedQuotes(shortened(tidied(left))), removed: [...removed] };
}

/** Without what surrounded the things that were taken out. */
const tidied = (text: string): string =>
  text
    .replace(/\(\s*\)|\[\s*\]|«\s*»|"\s*"/g, " ")
    .replace(/\s+/g, " ")
    .replace(/(?: ([,;:.]))+(?= |$)/g, "$1")
    .replace(/^[\s,;:.]+|[\s,;:]+$/g, "");

function shortened(text: string): string {
  const words = text.split(" ").slice(0, WORDS_MAX);
  while (words.length > 1 && words.join(" ").length > CHARACTERS_MAX) words.pop();
  return words.join(" ").slice(0, CHARACTERS_MAX).toWellFormed();
}

/** A quote that is not closed makes an engine look for the rest of the query word for word. */
function withBalancedQuotes(text: string): string {
  let balanced = text;
  if (count(balanced, '"') % 2 === 1) balanced = without(balanced, balanced.lastIndexOf('"'));
  for (const [open, close] of PAIRS) {
    if (count(balanced, open) !== count(balanced, close))
      balanced = balanced.replaceAll(open, " ").replaceAll(close, " ");
  }
  return balanced.replace(/\s+/g, " ").trim();
}

const count = (text: string, character: string) => text.split(character).length - 1;
const without = (text: string, at: number) => `${text.slice(0, at)} ${text.slice(at + 1)}`;
