/** How the fake model answers: tokens per second (0: all at once), how many, and how long before the first. */
export type Profile = { rate: number; tokens: number; ttftMs: number; seed: number | null };

const PATTERN = /rate(\d+)-tokens(\d+)-ttft(\d+)(?:-seed(\d+))?$/;

/** The profile that `text` ends with: the name of the model, or the last question when that name is fixed. */
export function findProfile(text: string): Profile | null {
  const found = PATTERN.exec(text);
  if (!found) return null;
  const [, rate, tokens, ttftMs, seed] = found;
  return {
    rate: Number(rate),
    tokens: Number(tokens),
    ttftMs: Number(ttftMs),
    seed: seed === undefined ? null : Number(seed),
  };
}

export const profileName = ({ rate, tokens, ttftMs, seed }: Profile): string =>
  `rate${rate}-tokens${tokens}-ttft${ttftMs}${seed === null ? "" : `-seed${seed}`}`;

/** Opens each token that says when it was sent; `STAMP_CHARACTERS` in base 36 follow. */
export const STAMP_MARK = "~";
const STAMP_CHARACTERS = 6;
export const STAMPED_CHARACTERS = STAMP_MARK.length + STAMP_CHARACTERS;
const STAMP_WRAPS_AT = 36 ** STAMP_CHARACTERS;

// Processes of one machine share this clock; `performance` alone counts from the start of each.
const offsetMs = Number(process.hrtime.bigint() / 1000n) / 1000 - performance.now();
const tenthsNow = () => Math.floor((performance.now() + offsetMs) * 10) % STAMP_WRAPS_AT;

export const stampedToken = (): string => `${STAMP_MARK}${tenthsNow().toString(36).padStart(STAMP_CHARACTERS, "0")} `;

/** Milliseconds since the token whose stamp (without its mark) is `stamp` was sent. */
export function msSince(stamp: string): number {
  const passed = tenthsNow() - Number.parseInt(stamp, 36);
  return (passed < 0 ? passed + STAMP_WRAPS_AT : passed) / 10;
}

const WORDS = [
  "le ",
  "œuvre ",
  "d’accord\n",
  "🙂 ",
  "**gras** ",
  "\n\n- ",
  "été\u00a0! ",
  "`code` ",
  "« oui »",
  "a",
  "\n",
];

/** The tokens of a seeded answer: the same each time, so that whoever asked can check each character. */
export function seededTokens(seed: number, count: number): string[] {
  let state = seed + 1;
  return Array.from({ length: count }, (_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return `${WORDS[(state >>> 16) % WORDS.length]}${index % 10 === 0 ? index : ""}`;
  });
}
