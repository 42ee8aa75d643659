import messages from "@/messages/fr.json";
import type { ErrorCode, ErrorDetails, Refusal } from "./app-error";
import { reopening } from "./reopening";

/** One sentence per code, complete by construction: a code without its sentence in `messages/fr.json` does not compile. */
const sentences: Record<ErrorCode, string> = messages.errors;

const figures = new Intl.NumberFormat("fr");

/**
 * The figures of a sentence are written `{name, number}` in `messages/fr.json`, and the words that depend on one
 * `{name, select, 1 {…} other {…}}`, as the screens' translator reads them.
 */
const withFigures = (sentence: string, details: ErrorDetails): string =>
  sentence
    .replace(/\{(\w+), number\}/g, (whole, name: string) => {
      const figure = details[name];
      return figure === undefined ? whole : figures.format(figure);
    })
    .replace(/\{(\w+), select, 1 \{([^{}]*)\} other \{([^{}]*)\}\}/g, (_, name: string, one: string, other: string) =>
      details[name] === 1 ? one : other,
    );

/** The sentence of a refusal, with its figures, and when it ends if that is known. */
export function frenchSentence({ code, reopensAt, details = {} }: Refusal, now = new Date()): string {
  const sentence = withFigures(sentences[code], details);
  if (!reopensAt) return sentence;
  const { date, time } = reopening(new Date(reopensAt), now);
  const { reopensOn, reopensAt: reopensToday } = messages.assistant.limit;
  const when = date ? reopensOn.replace("{date}", date) : reopensToday;
  return `${sentence} ${when.replace("{time}", time)}`;
}
