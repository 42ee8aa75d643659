import { createTranslator } from "next-intl";
import messages from "@/messages/fr.json";
import type { ErrorCode, Refusal } from "./app-error";
import { reopening } from "./reopening";

/** One sentence per code, complete by construction: a code without its sentence in `messages/fr.json` does not compile. */
const sentences: Record<ErrorCode, string> = messages.errors;
const translate = createTranslator({ locale: "fr", messages: { errors: sentences }, namespace: "errors" });

/** The sentence of a refusal, with its figures, and when it ends if that is known. */
export function frenchSentence({ code, reopensAt, details = {} }: Refusal, now = new Date()): string {
  const sentence = translate(code, details);
  if (!reopensAt) return sentence;
  const { date, time } = reopening(new Date(reopensAt), now);
  const { reopensOn, reopensAt: reopensToday } = messages.assistant.limit;
  const when = date ? reopensOn.replace("{date}", date) : reopensToday;
  return `${sentence} ${when.replace("{time}", time)}`;
}
