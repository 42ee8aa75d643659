/*
 * Days as French law counts them. A day is an ISO 8601 date without a time (« 2026-03-03 »), computed in UTC so that no
 * clock change moves it.
 */

const DAY_MS = 24 * 60 * 60 * 1000;
const SATURDAY = 6;
const SUNDAY = 0;

export const DAY_KINDS = ["calendar", "business", "working"] as const;
/** `calendar`: every day. `business` (ouvrables): neither Sundays nor public holidays. `working` (ouvrés): nor Saturdays. */
export type DayKind = (typeof DAY_KINDS)[number];

export const HOLIDAYS = [
  "newYear",
  "goodFriday",
  "easterMonday",
  "labour",
  "victory",
  "ascension",
  "whitMonday",
  "national",
  "assumption",
  "allSaints",
  "armistice",
  "christmas",
  "saintStephen",
] as const;
export type Holiday = (typeof HOLIDAYS)[number];

/** Two more holidays are kept in Alsace and Moselle. */
export type Region = { isAlsaceMoselle: boolean };

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateAt(timeOf(date) + days * DAY_MS);
export const daysBetween = (from: string, to: string): number => Math.round((timeOf(to) - timeOf(from)) / DAY_MS);

/** True for a date that exists: the 30th of February does not. */
export const isDate = (date: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(timeOf(date)) && dateAt(timeOf(date)) === date;

/** Easter Sunday in the Gregorian calendar, by the anonymous algorithm that Butcher published in 1876. */
export function easterOf(year: number): string {
  const div = (a: number, b: number) => Math.floor(a / b);
  const golden = year % 19;
  const century = div(year, 100);
  const ofCentury = year % 100;
  const moonCorrection = div(century - div(century + 8, 25) + 1, 3);
  const epact = (19 * golden + century - div(century, 4) - moonCorrection + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * div(ofCentury, 4) - epact - (ofCentury % 4)) % 7;
  const late = div(golden + 11 * epact + 22 * weekday, 451);
  const days = epact + weekday - 7 * late + 114;
  return dateAt(Date.UTC(year, div(days, 31) - 1, (days % 31) + 1));
}

/** The public holidays of a year (article L3133-1 of the Code du travail; L3134-13 for Alsace and Moselle), by date. */
export function holidaysOf(year: number, { isAlsaceMoselle }: Region): Map<string, Holiday> {
  const easter = easterOf(year);
  const all: [string, Holiday, local?: "local"][] = [
    [`${year}-01-01`, "newYear"],
    [addDays(easter, -2), "goodFriday", "local"],
    [addDays(easter, 1), "easterMonday"],
    [`${year}-05-01`, "labour"],
    [`${year}-05-08`, "victory"],
    [addDays(easter, 39), "ascension"],
    [addDays(easter, 50), "whitMonday"],
    [`${year}-07-14`, "national"],
    [`${year}-08-15`, "assumption"],
    [`${year}-11-01`, "allSaints"],
    [`${year}-11-11`, "armistice"],
    [`${year}-12-25`, "christmas"],
    [`${year}-12-26`, "saintStephen", "local"],
  ];
  return new Map(all.flatMap(([date, name, local]) => (local && !isAlsaceMoselle ? [] : [[date, name]])));
}

/** What is asked of a count of days; the first day is never counted. */
export type Span = { start: string; kind: DayKind; region: Region };
export type DatedHoliday = { date: string; name: Holiday };
/** `holidays`: those that were skipped or gone over, in the order of time. */
export type Counted = { end: string; days: number; holidays: DatedHoliday[] };

/** The day on which so many days have gone by since `start`; before it when `days` is negative. */
export function endAfter({ start, kind, region }: Span, days: number): Counted {
  const calendar = calendarOf(region);
  const step = Math.sign(days);
  const met: DatedHoliday[] = [];
  let end = start;
  for (let left = Math.abs(days); left > 0; ) {
    end = addDays(end, step);
    const name = calendar.holidayOn(end);
    if (name) met.push({ date: end, name });
    if (calendar.isCounted(end, kind)) left -= 1;
  }
  return { end, days, holidays: step < 0 ? met.reverse() : met };
}

/** How many days of this kind there are after `start`, until `end` included. */
export function countUntil({ start, kind, region }: Span, end: string): Counted {
  const calendar = calendarOf(region);
  const holidays: DatedHoliday[] = [];
  let days = 0;
  for (let date = addDays(start, 1); date <= end; date = addDays(date, 1)) {
    const name = calendar.holidayOn(date);
    if (name) holidays.push({ date, name });
    if (calendar.isCounted(date, kind)) days += 1;
  }
  return { end, days, holidays };
}

/** The next working day when `date` is a Saturday, a Sunday or a holiday, as a delay of procedure is extended (article 642 of the Code de procédure civile); else null. */
export function extensionOf(date: string, region: Region): string | null {
  const calendar = calendarOf(region);
  if (calendar.isCounted(date, "working")) return null;
  let next = date;
  while (!calendar.isCounted(next, "working")) next = addDays(next, 1);
  return next;
}

function calendarOf(region: Region) {
  const years = new Map<number, Map<string, Holiday>>();
  function holidayOn(date: string): Holiday | undefined {
    const year = Number(date.slice(0, 4));
    const holidays = years.get(year) ?? holidaysOf(year, region);
    years.set(year, holidays);
    return holidays.get(date);
  }
  function isCounted(date: string, kind: DayKind): boolean {
    if (kind === "calendar") return true;
    const weekday = new Date(timeOf(date)).getUTCDay();
    if (weekday === SUNDAY || holidayOn(date)) return false;
    return kind === "business" || weekday !== SATURDAY;
  }
  return { holidayOn, isCounted };
}
