const MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(" ");
const MONTH = MONTHS.join("|");

const two = (figure: number) => String(figure).padStart(2, "0");

/** Null for the 31st of February. */
function toDay(year: number, month: number, day: number): string | null {
  const iso = `${year}-${two(month)}-${two(day)}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
}

/** The days that a text without accents nor capitals names, `2026-11-26`; one without a year is the last one before `today`, or today. */
export function datesIn(text: string, today: string): string[] {
  const found: (string | null)[] = [];
  for (const [, day, month, year] of text.matchAll(/(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)/g))
    found.push(toDay(Number(year), Number(month), Number(day)));
  for (const [, year, month, day] of text.matchAll(/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g))
    found.push(toDay(Number(year), Number(month), Number(day)));
  const inWords = new RegExp(`(?<!\\d)(\\d{1,2})(?:er)? (${MONTH})\\b(?: (\\d{4})(?!\\d))?`, "g");
  for (const [, day, name = "", year] of text.matchAll(inWords)) {
    const month = MONTHS.indexOf(name) + 1;
    const thisYear = Number(today.slice(0, 4));
    const here = toDay(Number(year ?? thisYear), month, Number(day));
    found.push(!year && here && here > today ? toDay(thisYear - 1, month, Number(day)) : here);
  }
  return found.filter((date) => date !== null);
}

/**
 * The first days of the months and of the current year that such a text names: « en novembre », « depuis mars 2026 », « en 2026 ».
 * « de mars à mai » is no month of any year, nor is the year of a law: only what follows « en », « depuis », « fin »…
 */
export function monthsIn(text: string, today: string): string[] {
  const thisYear = Number(today.slice(0, 4));
  const found: string[] = [];
  const months = new RegExp(
    `\\b(?:(?:en|depuis|du mois de|debut|fin|mi-)\\s?(${MONTH})\\b(?: (\\d{4})(?!\\d))?|(?<!\\d |1er )(${MONTH}) (\\d{4})(?!\\d))`,
    "g",
  );
  for (const match of text.matchAll(months)) {
    const name = match[1] ?? match[3] ?? "";
    const year = match[2] ?? match[4];
    const month = two(MONTHS.indexOf(name) + 1);
    const here = `${year ?? thisYear}-${month}-01`;
    found.push(!year && here > today ? `${thisYear - 1}-${month}-01` : here);
  }
  // « en 2025 » is over: a search among what is new would miss most of it.
  for (const [, year] of text.matchAll(/\b(?:en|depuis|pour|courant|debut|fin) (?:l'annee )?(\d{4})(?!\d)/g))
    if (year !== undefined) found.push(Number(year) === thisYear ? today.replace(/-.*/, "-01-01") : `${year}-01-01`);
  return found;
}
