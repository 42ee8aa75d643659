import type { AssistantChunk, StreamParts, TurnMetadata } from "@/lib/assistant/stream-parts";
import type { MessagePart } from "@/lib/conversations/schema";

/** What a reader of a turn's stream knows so far. */
export type Heard = {
  turn: TurnMetadata | null;
  parts: MessagePart[];
  end: StreamParts["end"] | null;
  /** The documents of the question are being read: nothing is asked of the model yet. */
  isWaiting: boolean;
};

export const nothingHeard: Heard = { turn: null, parts: [], end: null, isWaiting: false };

/** What is known once `chunk` is heard. A stream that is followed again starts over: so does what is known. */
export function fold(heard: Heard, chunk: AssistantChunk): Heard {
  switch (chunk.type) {
    case "start":
      return { ...nothingHeard, turn: chunk.messageMetadata ?? null };
    case "data-waiting":
      return { ...heard, isWaiting: true };
    case "text-start":
      return { ...heard, parts: [...heard.parts, { type: "text", text: "" }] };
    case "reasoning-start":
      return { ...heard, parts: [...heard.parts, { type: "reasoning", text: "" }] };
    case "text-delta":
    case "reasoning-delta":
      return { ...heard, parts: extendLast(heard.parts, chunk.delta) };
    case "data-tool":
      return { ...heard, parts: withPart(heard.parts, Number(chunk.id), chunk.data) };
    case "data-sources":
      return { ...heard, parts: withSources(heard.parts, Number(chunk.id), chunk.data) };
    case "data-thought":
      return { ...heard, parts: withDuration(heard.parts, Number(chunk.id), chunk.data.durationMs) };
    case "data-end":
      return { ...heard, end: chunk.data };
    default:
      return heard;
  }
}

function extendLast(parts: MessagePart[], delta: string): MessagePart[] {
  const last = parts.at(-1);
  return last && last.type !== "tool" ? [...parts.slice(0, -1), { ...last, text: last.text + delta }] : parts;
}

const withPart = (parts: MessagePart[], place: number, part: MessagePart): MessagePart[] =>
  place < parts.length ? parts.with(place, part) : [...parts, part];

function withDuration(parts: MessagePart[], place: number, durationMs: number): MessagePart[] {
  const part = parts[place];
  return part?.type === "reasoning" ? parts.with(place, { ...part, durationMs }) : parts;
}

function withSources(parts: MessagePart[], place: number, told: StreamParts["sources"]): MessagePart[] {
  const part = parts[place];
  return part?.type === "text" ? parts.with(place, { ...part, ...told }) : parts;
}
