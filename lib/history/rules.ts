import type { UnknownProject } from "./schema";

/** Longer is cut: what follows would be searched by nobody. */
export const HISTORY_QUERY_CHARACTERS_MAX = 500;

/** A query as it is understood. Each date is the first day of what was typed: « 2026-03 » is 2026-03-01. */
export type HistoryQuery = {
  words: string[];
  /** Between quotation marks: found as they are written, but for accents, capitals and elisions. */
  phrases: string[];
  /** Words and phrases that must not be there. */
  excluded: string[];
  withFile: boolean;
  withWeb: boolean;
  /** A part of the name of a model. */
  model: string | null;
  /** The title of a project, or its beginning. */
  project: string | null;
  /** Written before this day, excluded. */
  before: string | null;
  /** Written from this day on. */
  after: string | null;
  /** What was typed as a filter and is none. */
  misread: string[];
};

/** More would be searched by nobody; the first ones count. */
const TERMS_MAX = 20;

const OPENING = '"“”„«';
const CLOSING = '"“”»';
const QUOTATION_MARKS = new RegExp(`[${OPENING}${CLOSING}]`, "gu");
const QUOTED = `[${OPENING}][^${CLOSING}]*[${CLOSING}]?`;
/** What a minus is typed with: a hyphen, the true sign, or a dash. */
const MINUS = "[-−–]";
const TOKEN = new RegExp(`\\p{L}+:(?:${QUOTED}|\\S*)|${MINUS}?${QUOTED}|\\S+`, "gu");

const FILTERS = new Set(["projet", "avec", "modele", "avant", "apres"]);

/** Never throws: what makes no sense is left out, or told in `misread`. */
export function parseHistoryQuery(text: string): HistoryQuery {
  const query: HistoryQuery = {
    words: [],
    phrases: [],
    excluded: [],
    withFile: false,
    withWeb: false,
    model: null,
    project: null,
    before: null,
    after: null,
    misread: [],
  };
  for (const [token] of text.slice(0, HISTORY_QUERY_CHARACTERS_MAX).matchAll(TOKEN)) {
    const [, name = "", value = ""] = /^(\p{L}+):(.*)$/su.exec(token) ?? [];
    const filter = withoutAccents(name);
    if (FILTERS.has(filter)) {
      if (!readFilter(query, filter, unquoted(value))) query.misread.push(token);
    } else readTerm(query, token);
  }
  return query;
}

function readTerm(query: HistoryQuery, token: string): void {
  if (query.words.length + query.phrases.length + query.excluded.length >= TERMS_MAX) return;
  const isExcluded = new RegExp(`^${MINUS}(?=\\S)`, "u").test(token);
  const term = unquoted(isExcluded ? token.slice(1) : token);
  if (!/[\p{L}\p{N}]/u.test(term)) return;
  const isQuoted = OPENING.includes(token[0] ?? "");
  (isExcluded ? query.excluded : isQuoted ? query.phrases : query.words).push(term);
}

/** False when it makes no sense. */
function readFilter(query: HistoryQuery, filter: string, value: string): boolean {
  const date = dayOf(value);
  switch (filter) {
    case "avec":
      if (/^fichiers?$/i.test(value)) query.withFile = true;
      else if (/^web$/i.test(value)) query.withWeb = true;
      else return false;
      return true;
    case "modele":
      query.model = value || query.model;
      return value !== "";
    case "avant":
      query.before = date ?? query.before;
      return date !== null;
    case "apres":
      query.after = date ?? query.after;
      return date !== null;
    case "projet":
      query.project = value || query.project;
      return value !== "";
    default:
      return false;
  }
}

const withoutAccents = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const unquoted = (text: string): string =>
  (OPENING.includes(text[0] ?? " ")
    ? text.slice(1).replace(new RegExp(`[${CLOSING}]+$`, "u"), "")
    : text.replaceAll('"', " ")
  ).trim();

/** 2026-03-01, 01/03/2026, 2026-03, 03/2026 or 2026; null for what is no day. */
function dayOf(text: string): string | null {
  const [, year, month = "1", day = "1"] =
    /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text) ??
    reordered(/^(?:(\d{1,2})\/)?(\d{1,2})\/(\d{4})$/.exec(text)) ??
    [];
  if (!year) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = Number(year) >= 1900 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.toISOString().slice(0, 10) : null;
}

const reordered = (found: RegExpExecArray | null) => found && [found[0], found[3], found[2], found[1]];

/** The inverse of `parseHistoryQuery`, but for what was misread. */
export function writeHistoryQuery(query: HistoryQuery): string {
  const { words, phrases, excluded, withFile, withWeb, model, project, before, after } = query;
  return [
    ...words,
    ...phrases.map((phrase) => `"${phrase}"`),
    ...excluded.map((term) => `-${quotedIfNeeded(term)}`),
    ...(withFile ? ["avec:fichier"] : []),
    ...(withWeb ? ["avec:web"] : []),
    ...(model ? [`modèle:${quotedIfNeeded(model)}`] : []),
    ...(project ? [`projet:${quotedIfNeeded(project)}`] : []),
    ...(after ? [`après:${after}`] : []),
    ...(before ? [`avant:${before}`] : []),
  ].join(" ");
}

const quotedIfNeeded = (text: string): string =>
  /\s/u.test(text) ? `"${text.replaceAll(QUOTATION_MARKS, "")}"` : text;

/** Whether something is asked besides words. */
export const hasFilter = ({ withFile, withWeb, model, project, before, after }: HistoryQuery): boolean =>
  withFile || withWeb || model !== null || project !== null || before !== null || after !== null;

/** The projects that are called so, whatever the accents and the capitals; else the only one whose title begins so. */
export function findProjects(
  projects: readonly { id: string; title: string }[],
  wanted: string,
): { ids: string[] } | { ids: null; reason: UnknownProject["reason"] } {
  const name = foldedTitle(wanted);
  const called = projects.filter(({ title }) => foldedTitle(title) === name);
  const found = called.length > 0 ? called : projects.filter(({ title }) => foldedTitle(title).startsWith(name));
  if (found.length > 1 && called.length === 0) return { ids: null, reason: "ambiguous" };
  return found.length === 0 ? { ids: null, reason: "unknown" } : { ids: found.map(({ id }) => id) };
}

/** Without what cannot be typed between quotation marks. */
const foldedTitle = (title: string): string =>
  withoutAccents(title).replaceAll(QUOTATION_MARKS, "").replace(/\s+/gu, " ").trim();

const parisOffset = new Intl.DateTimeFormat("en", { timeZone: "Europe/Paris", timeZoneName: "longOffset" });

/** When a day begins in France. */
export function startOfDay(day: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  const offset = parisOffset.formatToParts(midnight).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(offset) ?? [];
  const ahead = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return new Date(midnight.getTime() - ahead * 60_000);
}

/** The place of a hit among the others. Moments in microseconds, as text: a JavaScript date would drop them. */
export type Position = { score: string; at: string; key: string };
/** `asOf`: the moment of the first page, in milliseconds. What is recent stays so until the last. */
export type Cursor = Position & { asOf: number };

export const toCursor = ({ asOf, score, at, key }: Cursor): string => [asOf, score, at, key].join("~");

const CURSOR = /^(\d{12,14})~(\d(?:\.\d{1,20})?(?:e-\d{1,2})?)~(\d{14,17})~([0-9a-f-]{36}(?:[0-9a-f-]{36})?)$/;

/** Null when the text is not a cursor of ours: the first page is then given. */
export function findCursor(text: string): Cursor | null {
  const [, asOf, score, at, key] = CURSOR.exec(text) ?? [];
  return asOf && score && at && key ? { asOf: Number(asOf), score, at, key } : null;
}
