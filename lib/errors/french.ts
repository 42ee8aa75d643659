import messages from "@/messages/fr.json";
import type { ErrorCode, Refusal } from "./app-error";
import { reopening } from "./reopening";

/** One sentence per code, complete by construction: a code without its sentence in `messages/fr.json` does not compile. */
export const frenchMessage: Record<ErrorCode, string> = messages.errors;

/** The sentence of a refusal, with when it ends if that is known. */
export function frenchSentence({ code, reopensAt }: Refusal, now = new Date()): string {
  if (!reopensAt) return frenchMessage[code];
  const { date, time } = reopening(new Date(reopensAt), now);
  const { reopensOn, reopensAt: reopensToday } = messages.assistant.limit;
  const when = date ? reopensOn.replace("{date}", date) : reopensToday;
  return `${frenchMessage[code]} ${when.replace("{time}", time)}`;
}
