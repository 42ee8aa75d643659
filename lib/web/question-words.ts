import { toLexemes } from "../documents/lexemes";

const lexemesOf = (text: string): string[] => toLexemes(text).map(({ lexeme }) => lexeme);

/**
 * What a query that may have been dictated by what was read says of the question: the words of the question that it has, each once, as
 * the question writes them and in its order. So neither spellings, nor order, nor repetitions, nor single letters, nor signs say
 * anything else. Null when it has other words, or none.
 */
export function questionWords(query: string, question: string): string | null {
  const asked = new Set(lexemesOf(question));
  return lexemesOf(query).some((lexeme) => !asked.has(lexeme)) ? null : sharedWords(query, question) || null;
}

/** The words of `said` that a query has, each once, as they are written there and in their order; whatever else it has is left out. */
export function sharedWords(query: string, said: string): string {
  const left = new Set(lexemesOf(query));
  const kept: string[] = [];
  const keep = (written: string): boolean => {
    const lexemes = lexemesOf(written);
    if (lexemes.length === 0 || !lexemes.every((lexeme) => left.has(lexeme))) return false;
    for (const lexeme of lexemes) left.delete(lexeme);
    return kept.push(written) > 0;
  };
  for (const written of said.matchAll(/[\p{L}\p{M}\p{N}]\S*/gu)) {
    if (left.size === 0) break;
    const [whole] = written;
    if (!keep(whole.replace(/[^\p{L}\p{M}\p{N}]+$/u, ""))) for (const [word] of whole.matchAll(WORD)) keep(word);
  }
  return kept.join(" ");
}

const WORD = /[\p{L}\p{M}]+|\p{N}+/gu;
