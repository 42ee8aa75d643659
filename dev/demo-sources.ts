/** What a request gives to be cited, under its number. */
export type DemoSource = { number: number; text: string };

/** Between marks, as documents and pages are given. */
const MARKED = /⟦DÉBUT[^⟧]*⟧[\s\S]*?⟦FIN[^⟧]*⟧/g;
const SOURCE = /(?:\[|EXTRAIT )source (\d+),[^\n]*\n([\s\S]*?)(?=\n\n\[source |\n⟦FIN|$)/g;
const SOURCES_MAX = 3;
const WORDS_MIN = 6;

/** A question without what came with it. */
export const bareQuestion = (content: string): string =>
  content
    .replace(MARKED, "")
    .replace(/^\([^\n]*\)$/gm, "")
    .trim();

/** The first sources of each kind that say a sentence. */
export const sourcesIn = (contents: readonly string[]): DemoSource[] =>
  contents
    .flatMap((content) => [...content.matchAll(SOURCE)])
    .map(([, number, text = ""]) => ({ number: Number(number), text: sentenceIn(text) }))
    .filter(({ text }) => text !== "")
    .slice(0, SOURCES_MAX);

/** The first sentence as it is written; empty when there is none. */
function sentenceIn(text: string): string {
  const lines = text.split("\n").filter((line) => !/^\s*(?:[#|>*-]|\(|$)/.test(line));
  const sentences = lines.flatMap((line) => line.match(/[^.!?]+[.!?]?/g) ?? []);
  const found = sentences.map((sentence) =>
    sentence
      .trim()
      .replace(/[.!?]$/, "")
      .trim(),
  );
  return found.find((sentence) => sentence.split(/\s+/).length >= WORDS_MIN && !/[«»[\]*_`]/.test(sentence)) ?? "";
}

/** The words of a question that a search engine needs. */
export const searchWords = (question: string): string =>
  bareQuestion(question)
    .replace(/[^\p{L}\p{N}’'-]+/gu, " ")
    .trim()
    .slice(0, 150);
