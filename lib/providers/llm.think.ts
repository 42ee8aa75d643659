const OPEN = "<think>";
const CLOSE = "</think>";

type Piece = { type: "text" | "reasoning"; delta: string };

/**
 * Takes apart an answer that begins with `<think>…</think>`, however its text is split. Only at the very beginning: an
 * answer may well speak of the tag. A tag that is never closed leaves everything as reasoning.
 */
export function createThinkSplitter() {
  let state: "start" | "thinking" | "thought" | "speaking" = "start";
  let held = "";

  function start(): Piece[] {
    const begun = held.trimStart();
    if (begun.startsWith(OPEN)) {
      state = "thinking";
      held = begun.slice(OPEN.length);
      return think();
    }
    if (OPEN.startsWith(begun)) return [];
    state = "speaking";
    return give("text", held.length);
  }

  function think(): Piece[] {
    const end = held.indexOf(CLOSE);
    if (end === -1) return give("reasoning", held.length - lengthOfPossibleStart(held, CLOSE));
    const thought = give("reasoning", end);
    held = held.slice(CLOSE.length);
    state = "thought";
    return [...thought, ...speak()];
  }

  function speak(): Piece[] {
    // The blank lines between the thought and the answer belong to neither.
    if (state === "thought") held = held.trimStart();
    if (held !== "") state = "speaking";
    return give("text", held.length);
  }

  function give(type: Piece["type"], length: number): Piece[] {
    const delta = held.slice(0, length);
    held = held.slice(length);
    return delta === "" ? [] : [{ type, delta }];
  }

  return {
    push(text: string): Piece[] {
      held += text;
      if (state === "start") return start();
      return state === "thinking" ? think() : speak();
    },
    /** What was held back because it could have been the beginning of a tag. */
    flush: (): Piece[] => give(state === "thinking" ? "reasoning" : "text", held.length),
  };
}

/** How many of the last characters of `text` could be the beginning of `tag`. */
function lengthOfPossibleStart(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
