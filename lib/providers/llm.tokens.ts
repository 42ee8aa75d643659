/*
 * How many tokens a text makes, without a tokenizer: each family of models has its own, and a server rarely says which.
 * Calibrated on French letters, Markdown, tables and code against vocabularies of 32,000, 100,000 and 200,000 tokens
 * (llm.tokens.test.ts): never less than the large ones give, at worst a tenth less than the small one.
 */
const LETTERS_PER_TOKEN = 5;
/** Beyond, it is no word but a key, an address or encoded bytes: nearly a token for each character. */
const WORD_LETTERS_MAX = 24;
const OF_ACCENT = 0.3;
const OF_INNER_CAPITAL = 0.6;
const OF_DIGIT = 1;
const OF_SIGN = 0.9;
const OF_OTHER_SCRIPT = 1.1;
const OF_IDEOGRAM = 1.5;
/** Half of an emoji: JavaScript counts two characters. */
const OF_SURROGATE = 2;

const LATIN_END = 0x250;
const IDEOGRAMS = 0x2e80;

export function estimateTokens(text: string): number {
  let tokens = 0;
  let letters = 0;
  let extra = 0;
  let blanks = 0;

  const endRun = () => {
    if (letters > 0) tokens += wordTokens(letters, extra);
    // The blank before a word is part of its token; longer runs are indents, at most a token for each.
    if (blanks > 1) tokens += 1 + blanks / 6;
    letters = 0;
    extra = 0;
    blanks = 0;
  };

  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isLatinLetter(code)) {
      if (letters === 0) endRun();
      if (code >= 0x80) extra += OF_ACCENT;
      if (letters > 0 && isCapital(code)) extra += OF_INNER_CAPITAL;
      letters += 1;
      continue;
    }
    if (code === 0x20 || code === 0x09) {
      if (blanks === 0) endRun();
      blanks += 1;
      continue;
    }
    endRun();
    tokens += tokensOf(code);
  }
  endRun();
  return Math.ceil(tokens);
}

const wordTokens = (letters: number, extra: number): number =>
  (letters > WORD_LETTERS_MAX ? letters * 0.75 : Math.max(1, letters / LETTERS_PER_TOKEN)) + extra;

const isLatinLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0xc0 && code < LATIN_END);

const isCapital = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0xc0 && code <= 0xde);

function tokensOf(code: number): number {
  if (code === 0x0a || code === 0x0d) return 1;
  if (code >= 0x30 && code <= 0x39) return OF_DIGIT;
  if (code < LATIN_END || (code >= 0x2000 && code < 0x2100)) return OF_SIGN;
  if (code >= 0xd800 && code <= 0xdfff) return OF_SURROGATE;
  return code < IDEOGRAMS ? OF_OTHER_SCRIPT : OF_IDEOGRAM;
}
