import { parisDay } from "@/lib/i18n/paris-day";
import { datesIn, monthsIn } from "./dates-in-text";
import type { SearchPeriod } from "./schema";

const DAY_MS = 24 * 3_600_000;
/** A question may come with a whole text. */
const READ_CHARACTERS_MAX = 4_000;

/** The narrowest that holds what is so many days old. */
const SPANS: readonly { period: SearchPeriod; days: number }[] = [
  { period: "day", days: 0 },
  { period: "week", days: 6 },
  { period: "month", days: 29 },
  { period: "year", days: 364 },
];

type Cue = { words: RegExp; period: SearchPeriod };

const RECENT = "derni(?:er|ere|ers|eres)";
const SAID = "actualites?|nouvelles|infos?|informations|annonces?|mesures|evolutions|nouveautes|depeches|communiques";

/** What can only be a question about news. Read without accents nor capitals. */
const NEWS: readonly Cue[] = [
  { words: new RegExp(`\\b${RECENT} (?:${SAID})\\b`), period: "month" },
  { words: /\bactualites?\b(?! (?:de la version|du document|des donnees))/, period: "month" },
  { words: /\b(?:quoi de neuf|(?:les|des) nouvelles (?:de|du|des|sur|concernant)\b|nouveautes\b)/, period: "month" },
  {
    words: /\b(?:vient|viennent) d(?:e |')(?:\w+ )?(?:sortir|paraitre|publier|annoncer|adopter|etre \w+)/,
    period: "month",
  },
];

/** What may also be said of a task: « rédige un courriel pour la réunion de ce matin » asks for no news. */
const WHEN: readonly Cue[] = [
  {
    words: /\b(?:aujourd'? ?hui|ce matin|cet apres-midi|dernieres (?:24 )?heures|24 dernieres heures)\b/,
    period: "day",
  },
  { words: /\b(?:avant-)?hier\b|\bcette semaine\b|\b(?:ces|les|des) (?:\w+ )?derniers jours\b/, period: "week" },
  { words: /\b(?:depuis|de) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?! prochain)/, period: "week" },
  { words: /\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) dernier\b/, period: "week" },
  {
    words: /\b(?:la )?semaine derniere\b|\bces dernieres semaines\b|\b(?:de )?ce mois(?:-ci)?\b(?! prochain)/,
    period: "month",
  },
  { words: /\b(?:tout )?recemment\b|\bces temps-ci\b|\bces derniers temps\b/, period: "month" },
  { words: /\b(?:le )?mois dernier\b|\bces (?:\w+ )?derniers mois\b|\bcette annee\b/, period: "year" },
  { words: /\b(?:plus )?recente?s?\b(?! (?:que|du document))/, period: "year" },
];

/** Who asks for this wants a text, whose dates are its subject. */
const TASK =
  /\b(?:redige|ecris|reecris|reformule|traduis|corrige|complete|calcule|convertis|actualise|prepare|planifie|mets? a jour)[rz]?\b/;
const TO_COME = /\b(?:prochaine?s?|a venir|demain|apres-demain|futur)\b/;

/**
 * How recent what is asked about has to be; null when nothing says so. Days are those of Paris. A date of the last year counts,
 * and so does the current year, but not what is to come.
 */
export function periodOf(question: string, now: Date): SearchPeriod | null {
  const text = plain(question);
  const isTask = TASK.test(text);
  const cues = isTask ? NEWS : [...NEWS, ...WHEN];
  const said = cues.filter(({ words }) => words.test(text)).map(({ period }) => period);
  // « Les actualités de cette semaine »: when it is said, it is what counts.
  const when = WHEN.filter(({ words }) => words.test(text)).map(({ period }) => period);
  if (said.length > 0 && when.length > 0) return widest(when);
  const dated = isTask && said.length === 0 ? null : periodOfDates(text, now);
  if (dated) return dated;
  if (said.length === 0 || (TO_COME.test(text) && !NEWS.some(({ words }) => words.test(text)))) return null;
  return widest(said);
}

const plain = (text: string): string =>
  text
    .slice(0, READ_CHARACTERS_MAX)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/\s+/g, " ");

const widest = (periods: readonly SearchPeriod[]): SearchPeriod | null =>
  SPANS.findLast(({ period }) => periods.includes(period))?.period ?? null;

/** From the oldest of the dates: null when it is more than a year old, or is to come. */
function periodOfDates(text: string, now: Date): SearchPeriod | null {
  const today = parisDay(now);
  const starts = [...datesIn(text, today), ...monthsIn(text, today)];
  if (starts.length === 0) return null;
  const days = (Date.parse(today) - Math.min(...starts.map((start) => Date.parse(start)))) / DAY_MS;
  if (days < 0) return null;
  // A day to spare: what is said of a day is often published the day after, or the day before.
  return SPANS.slice(1).find((span) => days <= span.days)?.period ?? null;
}
