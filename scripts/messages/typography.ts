const BEFORE_SIGN = /[\p{L}\p{N})»}\]][ ]?[;!?](?=\s|$)|[\p{L})»}\]*_] ?:(?=\s|$)/u;

/** What French typography forbids in a text that people read. No-break spaces are U+00A0 or U+202F. */
const FAULTS: readonly { pattern: RegExp; advice: string }[] = [
  { pattern: /'/, advice: "straight apostrophe, write ’" },
  { pattern: /"/, advice: "straight quotation mark, write « »" },
  { pattern: /\.\.\./, advice: "three dots, write …" },
  { pattern: BEFORE_SIGN, advice: "a no-break space goes before : ; ! ?" },
  { pattern: /«(?![\u00a0\u202f])/, advice: "a no-break space goes after «" },
  { pattern: /(?<![\u00a0\u202f])»/, advice: "a no-break space goes before »" },
];

export function typographyFaults(text: string): string[] {
  return FAULTS.filter(({ pattern }) => pattern.test(text)).map(({ advice }) => advice);
}
