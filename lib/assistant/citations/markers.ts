/** What a text is made of, as it comes: prose, and markers with the numbers they cite. */
export type Piece =
  | { type: "prose"; text: string }
  /** `raw` is what was written, with the spaces before it in `space`. */
  | { type: "marker"; numbers: number[]; raw: string; space: string };

const LIST = /^\d{1,4}(?:[,; \u00a0]+(?:et )?\d{1,4})*/u;
const WORDS = ["source ", "sources "];

/** Whether what is between brackets, so far, may become a marker. */
function mayBeMarker(held: string): boolean {
  const inside = held.slice(1).toLowerCase();
  if (held.startsWith("【")) return /^(?:source )?\d{0,4}(?:†[^】\n]{0,40})?$/u.test(inside);
  if (WORDS.some((word) => word.startsWith(inside))) return true;
  const word = WORDS.find((each) => inside.startsWith(each));
  if (word) return /^\d{0,4}(?:[,; \u00a0][^\]\n]{0,80})?$/u.test(inside.slice(word.length));
  return /^[\d,; \u00a0et]{0,40}$/u.test(inside) && /^\d/.test(inside);
}

/** The numbers of a whole marker; none when it is no marker. */
function numbersOf(held: string): number[] {
  const inside = held.slice(1, -1);
  const cjk = /^【(?:source )?(\d{1,4})(?:†[^】]*)?】$/iu.exec(held)?.[1];
  if (cjk) return [Number(cjk)];
  const word = WORDS.findLast((each) => inside.toLowerCase().startsWith(each)) ?? "";
  const list = LIST.exec(inside.slice(word.length))?.[0] ?? "";
  const rest = inside.slice(word.length + list.length);
  // As it was announced: « [source 3, page 2] ».
  if (!held.startsWith("[") || (rest !== "" && (word === "" || !rest.startsWith(",")))) return [];
  return (list.match(/\d+/g) ?? []).map(Number);
}

type Code = { fence: boolean; ticks: number };

/**
 * Finds the markers of a text that comes piece by piece: [3], [3, 5], [source 3], 【3】. What may be the beginning of one is
 * held back until it is known; code, links and definitions of links hold none. Together the pieces are the text, to the
 * character.
 */
export function createMarkerReader() {
  /** Spaces, then what may be a marker, that are not given yet. */
  let space = "";
  let held = "";
  let isWhole = false;
  let ticks = 0;
  let code: Code | null = null;
  /** Nothing but spaces since the beginning of the line. */
  let isAtLineStart = true;

  function* giveHeld(next: string): Generator<Piece> {
    const numbers = isWhole ? numbersOf(held) : [];
    const isDefinition = next === ":" && isAtLineStart;
    if (numbers.length > 0 && next !== "(" && !isDefinition) yield { type: "marker", numbers, raw: held, space };
    else if (space + held !== "") yield { type: "prose", text: space + held };
    if (held !== "") isAtLineStart = false;
    space = "";
    held = "";
    isWhole = false;
  }

  function endTicks(): void {
    if (ticks === 0) return;
    if (code) {
      if (code.fence ? isAtLineStart && ticks >= code.ticks : ticks === code.ticks) code = null;
    } else code = { fence: ticks >= 3 && isAtLineStart, ticks };
    ticks = 0;
    isAtLineStart = false;
  }

  function* read(character: string): Generator<Piece> {
    if (character === "`") {
      yield* giveHeld(character);
      ticks += 1;
      yield { type: "prose", text: character };
      return;
    }
    endTicks();
    if (code) {
      if (character === "\n") {
        // Code in a line that nothing closes ends with its paragraph.
        if (!code.fence && isAtLineStart) code = null;
        isAtLineStart = true;
      } else if (character !== " ") isAtLineStart = false;
      yield { type: "prose", text: character };
      return;
    }
    if (held !== "" && !isWhole) {
      const longer = held + character;
      if (mayBeMarker(longer)) {
        held = longer;
        return;
      }
      if (numbersOf(longer).length > 0 && /[\]】]$/u.test(longer)) {
        held = longer;
        isWhole = true;
        return;
      }
    }
    if (held !== "") yield* giveHeld(character);
    if (character === "[" || character === "【") {
      held = character;
      return;
    }
    if (character === " " || character === "\u00a0" || character === "\u202f") {
      space += character;
      return;
    }
    yield* giveHeld(character);
    isAtLineStart = character === "\n";
    yield { type: "prose", text: character };
  }

  const whole = (pieces: Iterable<Piece>): Piece[] => {
    const joined: Piece[] = [];
    for (const piece of pieces) {
      const last = joined.at(-1);
      if (piece.type === "prose" && last?.type === "prose") last.text += piece.text;
      else joined.push({ ...piece });
    }
    return joined;
  };

  return {
    add: (delta: string): Piece[] =>
      whole(
        (function* () {
          for (const character of delta) yield* read(character);
        })(),
      ),
    /** What was held back, now that nothing follows. */
    end: (): Piece[] => whole(giveHeld("")),
  };
}
