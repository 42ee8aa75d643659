import type { MessagePart } from "@/lib/conversations/schema";

/** Follows a marker that is one. Not a character of any text, and `rehypeMarkers` takes it away. */
export const CHECKED = "\ufdd0";
const MARKER = /\[(\d{1,4})\]/g;

/** What an answer says, with a sign after each marker that its own part has a source for: `rehypeMarkers` finds them. */
export function textWithMarkers(parts: readonly MessagePart[]): string {
  const texts = parts.flatMap((part) => {
    if (part.type !== "text") return [];
    const text = part.text.replaceAll(CHECKED, "");
    if (!part.sources || part.sources.length === 0) return [text];
    const numbers = new Set(part.sources.map(({ number }) => String(number)));
    return [text.replace(MARKER, (marker, number) => (numbers.has(number) ? marker + CHECKED : marker))];
  });
  return texts.join("\n\n");
}
