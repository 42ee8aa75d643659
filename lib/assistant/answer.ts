import { plainText } from "@/lib/conversations/rules";
import type { MessagePart } from "@/lib/conversations/schema";
import type { AnswerContent } from "@/lib/turns/mutations";
import type { AssistantChunk } from "./stream-parts";

type Delta = { type: "text" | "reasoning"; delta: string };

/**
 * Gathers what the model says into the parts that are stored and the chunks that are streamed. `begun` is the text of the
 * answer that this one continues: what comes next is written after it, in the same part.
 */
export function createAnswer(begun: readonly MessagePart[] = []) {
  const parts: MessagePart[] = begun.map((part) => ({ ...part }));

  /** The first half of a character that was cut in two: its other half comes with the next delta. */
  let half = "";

  /** What PostgreSQL can hold: no null character, no half of a character. */
  function storable(said: string): string {
    const whole = half + said.replaceAll("\0", "");
    half = /[\uD800-\uDBFF]$/.test(whole) ? whole.slice(-1) : "";
    return (half ? whole.slice(0, -1) : whole).toWellFormed();
  }

  const closing = (): AssistantChunk[] => {
    const last = parts.at(-1);
    return last ? [{ type: `${last.type}-end`, id: String(parts.length - 1) }] : [];
  };

  return {
    /** The chunks that say what the answer begins with; its last part stays open. */
    opening: (): AssistantChunk[] => toChunks(parts).slice(0, -1),
    /** Adds a delta and gives the chunks that say it. A change of kind closes a part and opens the next. */
    add({ type, delta: said }: Delta): AssistantChunk[] {
      const delta = storable(said);
      if (delta === "") return [];
      const last = parts.at(-1);
      if (last?.type === type) {
        last.text += delta;
        return [{ type: `${type}-delta`, id: String(parts.length - 1), delta }];
      }
      const before = closing();
      parts.push({ type, text: delta });
      const id = String(parts.length - 1);
      return [...before, { type: `${type}-start`, id }, { type: `${type}-delta`, id, delta }];
    },
    closing,
    /** A copy: what is added later does not change it. */
    content(): AnswerContent {
      return { parts: parts.map((part) => ({ ...part })), text: plainText(parts) };
    },
  };
}

/** The chunks of an answer read back from the database, as if it had just been streamed. */
export const toChunks = (parts: MessagePart[]): AssistantChunk[] =>
  parts.flatMap(({ type, text }, index): AssistantChunk[] => {
    const id = String(index);
    return [
      { type: `${type}-start`, id },
      { type: `${type}-delta`, id, delta: text },
      { type: `${type}-end`, id },
    ];
  });
