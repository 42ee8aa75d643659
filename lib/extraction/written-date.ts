const FRENCH = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(" ");
const ENGLISH = "january february march april may june july august september october november december".split(" ");
const ENGLISH_SHORT = ENGLISH.map((month) => month.slice(0, 3));
/** Older, a date is that of an event or a mistake: there was no web. */
const YEAR_MIN = 1990;

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * The day that a date says, as it is written where it was written: `2026-03-03`. ISO 8601, RFC 2822, `03/03/2026`, « 1er mars 2026 »,
 * « March 3, 2026 ». Null for what is no date, is impossible or is yet to come.
 */
export function toDay(written: string, now: Date): string | null {
  const text = plain(written.slice(0, 100)).trim();
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3], now);
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/.exec(text);
  if (numbers) return day(numbers[3], numbers[2], numbers[1], now);
  const named = /^(?:[a-z]{3,9}[.,]? )?(\d{1,2})(?:er)?[ -]([a-z]{3,9})\.?[ -](\d{4})(?!\d)/.exec(text);
  if (named) return day(named[3], monthOf(named[2]), named[1], now);
  const american = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/.exec(text);
  return american ? day(american[3], monthOf(american[1]), american[2], now) : null;
}

/** From 1; NaN for what is no month. */
function monthOf(name: string | undefined): number {
  const at = [FRENCH, ENGLISH, ENGLISH_SHORT].map((months) => months.indexOf(name ?? "")).find((index) => index >= 0);
  return at === undefined ? Number.NaN : at + 1;
}

type Written = string | number | undefined;

function day(writtenYear: Written, writtenMonth: Written, writtenDay: Written, now: Date): string | null {
  const [year, month, date] = [Number(writtenYear), Number(writtenMonth), Number(writtenDay)];
  const at = new Date(Date.UTC(year, month - 1, date));
  const isPossible = at.getUTCMonth() === month - 1 && at.getUTCDate() === date && year >= YEAR_MIN;
  // Where it is written, it may be tomorrow already.
  const isToCome = at.getTime() > now.getTime() + 14 * 3_600_000;
  return isPossible && !isToCome ? at.toISOString().slice(0, 10) : null;
}

const DATE = String.raw`(\d{1,2}(?:er)? [\p{L}]{3,9} \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4})`;
const SAID = new RegExp(
  `(?:publie|mis(?:e)? a jour|mise en ligne|mis en ligne|modifie|verifie|actualise|en vigueur depuis)(?:e|es|s)?` +
    String.raw`(?: (?:le|du|au|depuis le|depuis))?\s*:?\s*(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?${DATE}`,
  "gu",
);

/** The last of the days that a French text says it was published or changed: « Publié le 3 mars 2026 - Mis à jour le 4 mars 2026 ». */
export function findSaidDay(text: string, now: Date): string | null {
  const days = Array.from(plain(text).replace(/\s+/g, " ").matchAll(SAID), ([, date]) => toDay(date ?? "", now));
  return days.reduce((last, found) => (found && (!last || found > last) ? found : last), null);
}
