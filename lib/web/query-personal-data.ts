/** Takes out of a text what must not leave with a query, and says what kinds of things it took, never which. */
export type QueryFilter = (text: string) => { text: string; removed: string[] };

type Taken = { start: number; end: number };
type Finder = { kind: string; find: (text: string) => Taken[] };

const matching =
  (pattern: RegExp, isTaken: (match: string, before: string, after: string) => boolean = () => true) =>
  (text: string): Taken[] =>
    [...text.matchAll(pattern)]
      .map((match) => ({ start: match.index, end: match.index + match[0].length }))
      .filter(({ start, end }) => isTaken(text.slice(start, end), text.slice(0, start), text.slice(end)));

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** Number of social security: thirteen characters and a key, 97 minus the remainder by 97; Corsica's letters count as 19 and 18. */
function isNir(text: string): boolean {
  const compact = text.replace(/\s/g, "").toUpperCase();
  const number = compact.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return 97 - Number(BigInt(number) % 97n) === Number(compact.slice(13));
}

function isLuhn(text: string): boolean {
  const sum = [...digitsOf(text)].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const IBAN_LENGTH = { min: 15, max: 34 };

/** ISO 13616: the first four characters last, letters from 10 to 35, one modulo 97. */
function isIban(compact: string): boolean {
  const moved = compact.slice(4) + compact.slice(0, 4);
  const figures = [...moved].map((character) => Number.parseInt(character, 36)).join("");
  return BigInt(figures) % 97n === 1n;
}

/** Words that follow an account number look like more of it: every length is tried, the longest first. */
function findIbans(text: string): Taken[] {
  const found: Taken[] = [];
  for (const { index: start } of text.matchAll(/(?<![\p{L}\d])[a-z]{2}\s?\d{2}(?=[ \u00a0.-]?[a-z\d]{2})/giu)) {
    const candidate = /^[a-z\d](?:[ \u00a0.-]?[a-z\d]){0,33}/i.exec(text.slice(start))?.[0] ?? "";
    for (let end = candidate.length; end > 0; end -= 1) {
      const compact = candidate.slice(0, end).replace(/[^a-z\d]/gi, "");
      if (compact.length < IBAN_LENGTH.min) break;
      const isCutInside = /[\p{L}\d]/u.test(text[start + end] ?? "") || !/[a-z\d]/i.test(candidate[end - 1] ?? "");
      if (isCutInside || !isIban(compact)) continue;
      found.push({ start, end: start + end });
      break;
    }
  }
  return found;
}

const inAnyCase = (word: string) =>
  `(?:${word}|${word.toUpperCase()}|${(word[0] ?? "").toUpperCase()}${word.slice(1)})`;
const anyOf = (words: string) => `(?:${words.split(" ").map(inAnyCase).join("|")})`;
const WAY = anyOf("rue avenue av bd boulevard chemin impasse allée route quai square faubourg sentier lotissement");
/** Of which there may be twelve without an address: what follows must be a name. */
const WAY_OR_ELSE = anyOf("place cours passage villa voie résidence hameau esplanade promenade");
const ELIDED = "[lLdD]['’]\\s?";
/** After the name, « à » or « en » begins something else. */
const LINK = `(?:${anyOf("de du des la le les et")}\\s+|${ELIDED})`;
const FIRST_LINK = `(?:${anyOf("de du des la le les et à aux au sur en")}\\s+|${ELIDED})`;
const NAME = `\\p{Lu}[\\p{L}'’-]*`;
const CITY = `(?:,?\\s*\\d{5}(?!\\d)(?:\\s+${NAME}(?:[\\s-]${NAME})*)?)?`;
const ADDRESS = new RegExp(
  `(?<![\\p{L}\\d.-])\\d{1,4}\\s?(?:bis|ter|quater|[a-dA-D](?![\\p{L}]))?,?\\s+` +
    `(?:${WAY}\\.?\\s+${FIRST_LINK}{0,3}[\\p{L}\\d'’-]+|${WAY_OR_ELSE}\\s+${FIRST_LINK}{0,3}${NAME})` +
    `(?:\\s+${LINK}{0,3}${NAME})*${CITY}`,
  "gu",
);

const ARTICLE = /\bart(?:icle)?s?\.?\s*(?:[LRDA]\*?\.?\s*)?$/i;
const NO_DIGIT_AROUND = { before: "(?<![\\d.,]|\\d[ \\u00a0-])", after: "(?![\\d]|[ \\u00a0.-]\\d)" };
const bounded = (pattern: string, flags = "g") =>
  new RegExp(`${NO_DIGIT_AROUND.before}(?:${pattern})${NO_DIGIT_AROUND.after}`, flags);
const GAP = "[ \\u00a0.-]?";

/** The longest numbers first: parts of them look like others. */
const FINDERS: readonly Finder[] = [
  { kind: "url", find: matching(/(?:https?:\/\/|(?<![\p{L}\d.])www\.)[^\s<>"«»]*\?[^\s<>"«»]*/giu) },
  {
    kind: "email",
    find: matching(/[\p{L}\d._%+'’-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/giu),
  },
  { kind: "iban", find: findIbans },
  {
    kind: "nir",
    find: matching(bounded(`[1-478]\\s?\\d{2}\\s?\\d{2}\\s?(?:\\d{2}|2[ABab])\\s?\\d{3}\\s?\\d{3}\\s?\\d{2}`), isNir),
  },
  {
    kind: "card",
    find: matching(
      bounded(`(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2})(?:${GAP}\\d{4}){3}|3[47]\\d{2}${GAP}\\d{6}${GAP}\\d{5}`),
      isLuhn,
    ),
  },
  { kind: "tax_number", find: matching(bounded(`[0-3]\\d{12}|[0-3]\\d \\d{2} \\d{3} \\d{3} \\d{3}`)) },
  {
    kind: "phone",
    find: matching(
      bounded(
        `(?:(?:\\+|00)\\s?33${GAP}(?:\\(0\\)${GAP})?|0)[1-79](?:${GAP}\\d{2}){4}|\\+\\d{1,3}(?:${GAP}\\d{2,4}){3,5}`,
      ),
      (_, before) => !ARTICLE.test(before),
    ),
  },
  {
    kind: "plate",
    find: matching(
      /(?<![\p{L}\d-])[A-HJ-NP-TV-Z]{2}(?<gap>[ -]?)\d{3}\k<gap>[A-HJ-NP-TV-Z]{2}(?![\p{L}\d-])|(?<=immatricul\p{L}*\s(?:\S+\s){0,2}|plaque\s(?:\S+\s){0,2})\d{1,4}[ -]?[A-Z]{2,3}[ -]?(?:\d{2}|2[AB])(?![\p{L}\d])/gu,
    ),
  },
  { kind: "address", find: matching(ADDRESS) },
];

/** E-mail and postal addresses, telephone, card, account, tax and social security numbers, licence plates, addresses with parameters. */
export const withoutPersonalData: QueryFilter = (text) => {
  const removed: string[] = [];
  let left = text;
  for (const { kind, find } of FINDERS) {
    const taken = find(left);
    if (taken.length === 0) continue;
    removed.push(kind);
    let from = 0;
    let kept = "";
    for (const { start, end } of taken) {
      if (start < from) continue;
      kept += `${left.slice(from, start)} `;
      from = end;
    }
    left = kept + left.slice(from);
  }
  return { text: left, removed };
};
