const BEFORE_SIGN = /[\p{L}\p{N})»}\]][ ]?[;!?](?=\s|$)|[\p{L})»}\]*_] ?:(?=\s|$)/u;

type Fault = { pattern: RegExp; advice: string };
const GUILLEMETS: readonly Fault[] = [
  { pattern: /«(?![\u00a0\u202f])/, advice: "a no-break space goes after «" },
  { pattern: /(?<![\u00a0\u202f])»/, advice: "a no-break space goes before »" },
];
/** What French typography forbids in a text that people read. No-break spaces are U+00A0 or U+202F. */
const FAULTS: readonly Fault[] = [
  { pattern: /'/, advice: "straight apostrophe, write ’" },
  { pattern: /"/, advice: "straight quotation mark, write « »" },
  { pattern: /\.\.\./, advice: "three dots, write …" },
  { pattern: BEFORE_SIGN, advice: "a no-break space goes before : ; ! ?" },
  ...GUILLEMETS,
];

const adviceOn = (text: string, faults: readonly Fault[]): string[] =>
  faults.filter(({ pattern }) => pattern.test(text)).map(({ advice }) => advice);

export const typographyFaults = (text: string): string[] => adviceOn(text, FAULTS);

/** In what a program writes, other signs may be code. */
export const guillemetFaults = (text: string): string[] => adviceOn(text, GUILLEMETS);
