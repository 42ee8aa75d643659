import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { toLexemes, wordsOf } from "@/lib/documents/lexemes";
import { type Term, withSimilar } from "@/lib/documents/ranking";
import { type HistoryQuery, writeHistoryQuery } from "@/lib/history/rules";
import type { HistoryHit } from "@/lib/history/schema";
import type { Sought } from "@/lib/sought/rules";

/** The lexicon is that of the latest messages and passages. */
const ENTRIES = 5_000;
/** A slip of the finger adds or forgets a few letters. */
const LENGTH_DIFFERENCE = 3;

/** What may have been meant, and how to write it with words of what was found. */
export type Near = { sought: Sought; suggest: (query: HistoryQuery, hits: readonly HistoryHit[]) => string[] };

/** The words that are nowhere in what the transaction's actor wrote, replaced by those that are written nearly alike; null without any. */
export async function listNearWords(tx: Transaction, sought: Sought): Promise<Near | null> {
  const terms = sought.words.map(({ lexemes }): Term => ({ lexemes, weight: 1 }));
  const all = sought.words.flatMap(({ lexemes }) => lexemes);
  const missing = new Set(await listWords(tx, sql`list_missing_words(${JSON.stringify(all)}::jsonb)`));
  if (missing.size === 0) return null;
  const lengths = [...missing].map(({ length }) => length);
  const [shortest, longest] = [Math.min(...lengths) - LENGTH_DIFFERENCE, Math.max(...lengths) + LENGTH_DIFFERENCE];
  const lexicon = await listWords(
    tx,
    sql`list_history_words(${ENTRIES}::integer, ${shortest}::integer, ${longest}::integer)`,
  );
  const isMissing = ({ lexemes }: Term) => lexemes.every((lexeme) => missing.has(lexeme));
  const similar = withSimilar(terms, isMissing, lexicon);
  if (similar.every((term, index) => term === terms[index])) return null;
  const meant = sought.words.map((word, index) => ({ ...word, lexemes: similar[index]?.lexemes ?? word.lexemes }));
  return { sought: { ...sought, words: meant }, suggest: (query, hits) => suggest(query, meant, hits) };
}

async function listWords(tx: Transaction, given: SQL): Promise<string[]> {
  const words = tx
    .select({ word: sql<string>`word`.as("word") })
    .from(sql`${given} word`)
    .as("words");
  return (await tx.select().from(words)).map(({ word }) => word);
}

/** The query as it may have been meant, in the words of the hits. */
function suggest(query: HistoryQuery, meant: Sought["words"], hits: readonly HistoryHit[]): string[] {
  const found = hits.flatMap(({ snippet }) => snippet.flatMap(({ text, isMatch }) => (isMatch ? wordsOf(text) : [])));
  const forms = new Set(found);
  const written = new Map<string, string>();
  for (const { snippet } of hits)
    for (const { text, isMatch } of snippet)
      for (const { lexeme } of isMatch ? toLexemes(text) : [])
        if (!written.has(lexeme)) written.set(lexeme, text.toLowerCase());
  const replaced = query.words.map((word) => {
    const of = wordsOf(word);
    if (of.some((form) => forms.has(form))) return word;
    const lexemes = meant.find((each) => of.includes(each.written))?.lexemes ?? [];
    return lexemes.flatMap((lexeme) => written.get(lexeme) ?? [])[0] ?? word;
  });
  const text = writeHistoryQuery({ ...query, words: replaced });
  return text === writeHistoryQuery(query) ? [] : [text];
}
