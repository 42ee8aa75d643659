import { plainText } from "@/lib/conversations/rules";
import type { MessagePart, StoredMessage } from "@/lib/conversations/schema";

export type HistoryMessage = { role: "user"; content: string } | { role: "assistant"; content: string };

/** About 50,000 tokens of French: older messages are left out. */
export const HISTORY_CHARACTERS_MAX = 200_000;

/**
 * The branch as the model receives it: strictly alternating roles that start with the agent, as some chat templates
 * demand; no empty answer; the most recent messages that fit. The last question is always whole.
 */
export function toHistory(branch: StoredMessage[], charactersMax = HISTORY_CHARACTERS_MAX): HistoryMessage[] {
  const spoken = branch
    .map((message) => ({
      role: message.author === "agent" ? ("user" as const) : ("assistant" as const),
      content: textOf(message),
    }))
    .filter(({ content }) => content !== "");

  const kept: HistoryMessage[] = [];
  let characters = 0;
  for (const message of spoken.toReversed()) {
    characters += message.content.length;
    if (kept.length > 0 && characters > charactersMax) break;
    const following = kept[0];
    if (following?.role === message.role) following.content = `${message.content}\n\n${following.content}`;
    else kept.unshift({ ...message });
  }
  return kept[0]?.role === "assistant" ? kept.slice(1) : kept;
}

/** What a message says to a model: the numbers of its sources were those of their own answer. */
export const textOf = ({ parts }: Pick<StoredMessage, "parts">): string => plainText(parts.map(withoutMarkers)).trim();

/** Code in a text, whose brackets are no markers. */
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;

function withoutMarkers(part: MessagePart): MessagePart {
  if (part.type !== "text" || !part.sources?.length) return part;
  const numbers = new Set(part.sources.map(({ number }) => number));
  const bare = (text: string) =>
    text.replace(/[ \u00a0]?\[(\d+)\]/g, (marker, number) => (numbers.has(Number(number)) ? "" : marker));
  const text = part.text
    .split(CODE)
    .map((piece, index) => (index % 2 === 0 ? bare(piece) : piece))
    .join("");
  return { ...part, text };
}
