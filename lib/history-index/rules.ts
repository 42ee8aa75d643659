import { isCitedPage, plainText, sourcesIn } from "@/lib/conversations/rules";
import type { CitedSource, MessagePart } from "@/lib/conversations/schema";
import { eachLexeme } from "@/lib/documents/lexemes";
import { createVector, type Weight } from "@/lib/documents/vector";

/** Raised when what is written in the index changes: the sweep then writes again what was written before. */
export const SEARCH_VERSION = 1;

/** What PostgreSQL bears: a vector has at most a megabyte of words. */
const CHARACTERS_MAX = 400_000;
const BYTES_MAX = 900_000;
/** So that no phrase runs from the end of a text to the start of the next. */
const GAP = 10;

/** Weights are as db/schema/search.ts explains them; none for what is said. */
type WeightedText = { text: string; weight: Weight };

/** What is written of a message, or of a title, as PostgreSQL reads it. */
export type SearchEntry =
  | { message_id: string; has_web: boolean; lexemes: string }
  | { title_of: string; lexemes: string };

export function titleEntry(conversationId: string, title: string): SearchEntry {
  return { title_of: conversationId, lexemes: toWeightedVector([{ text: title, weight: "A" }]) };
}

/** `documentNames`: of those that came with it. */
export function questionEntry(messageId: string, text: string, documentNames: readonly string[]): SearchEntry {
  const names = documentNames.map((name) => ({ text: name, weight: "B" as const }));
  return { message_id: messageId, has_web: false, lexemes: toWeightedVector([{ text, weight: "" }, ...names]) };
}

export function answerEntry(messageId: string, parts: readonly MessagePart[]): SearchEntry {
  const sources = sourcesIn(parts);
  const texts = sources.map((source) => ({ text: sourceText(source), weight: "C" as const }));
  return {
    message_id: messageId,
    has_web: sources.some(isCitedPage) || parts.some(isWebCall),
    lexemes: toWeightedVector([{ text: plainText(parts), weight: "" }, ...texts]),
  };
}

/** What a source is found by. The text of a document has passages of its own. */
export const sourceText = (source: CitedSource): string =>
  isCitedPage(source) ? [source.title, source.site, source.passage].join("\n") : source.name;

const isWebCall = (part: MessagePart): boolean =>
  part.type === "tool" && (part.name === "search_web" || part.name === "read_web_page");

function toWeightedVector(texts: readonly WeightedText[]): string {
  const vector = createVector(BYTES_MAX);
  let [before, left] = [0, CHARACTERS_MAX];
  for (const { text, weight } of texts) {
    let last = 0;
    eachLexeme(text.slice(0, left), (lexeme, position) => {
      last = position;
      vector.add(lexeme, before + position, weight);
    });
    before += last + GAP;
    left = Math.max(0, left - text.length);
  }
  return vector.written();
}
