const ROMAN: [number, string][] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];
/** Past this, a number is written in figures whatever its format: "zzzz…" and "mmmm…" grow with it. */
const LETTERS_MAX = 780;
const ROMAN_MAX = 3_999;

/** A number as lists write it. `format` is the word of Office ("lowerRoman") or the sign of OpenDocument ("i"). */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case "lowerLetter":
    case "a":
      return letters(value);
    case "upperLetter":
    case "A":
      return letters(value).toUpperCase();
    case "lowerRoman":
    case "i":
      return roman(value);
    case "upperRoman":
    case "I":
      return roman(value).toUpperCase();
    case "decimalZero":
      return String(value).padStart(2, "0");
    default:
      return String(value);
  }
}

/** a, b, … z, aa, bb, … as Office and OpenDocument go on. */
function letters(value: number): string {
  if (value < 1 || value > LETTERS_MAX) return String(value);
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}

export function roman(value: number): string {
  if (value < 1 || value > ROMAN_MAX) return String(value);
  let rest = value;
  let text = "";
  for (const [worth, sign] of ROMAN) {
    while (rest >= worth) {
      text += sign;
      rest -= worth;
    }
  }
  return text;
}
