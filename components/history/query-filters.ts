import { parseHistoryQuery } from "@/lib/history/rules";

/** What the controls beside the field hold of a query; dates as « 2026-03-31 », and "" for what is not asked. */
export type Filters = {
  withFile: boolean;
  withWeb: boolean;
  model: string;
  project: string;
  after: string;
  before: string;
};

type Value = Filters[keyof Filters];

const TOKENS: Record<keyof Filters, { typed: RegExp; write: (value: Value) => string }> = {
  withFile: { typed: /(?<!\S)avec:fichiers?(?!\S)/giu, write: () => "avec:fichier" },
  withWeb: { typed: /(?<!\S)avec:web(?!\S)/giu, write: () => "avec:web" },
  model: {
    typed: /(?<!\S)mod[eè]le:(?:["“”„«][^"“”»]*["“”»]?|\S*)/giu,
    write: (model) => `modèle:${quoted(String(model))}`,
  },
  project: {
    typed: /(?<!\S)projet:(?:["“”„«][^"“”»]*["“”»]?|\S*)/giu,
    write: (project) => `projet:${quoted(String(project))}`,
  },
  after: { typed: /(?<!\S)apr[eè]s:\S*/giu, write: (date) => `après:${date}` },
  before: { typed: /(?<!\S)avant:\S*/giu, write: (date) => `avant:${date}` },
};

function quoted(text: string): string {
  const plain = text.replace(/["“”„«»]/gu, "").trim();
  return /\s/u.test(plain) ? `"${plain}"` : plain;
}

export function readFilters(text: string): Filters {
  const { withFile, withWeb, model, project, before, after } = parseHistoryQuery(text);
  return { withFile, withWeb, model: model ?? "", project: project ?? "", after: after ?? "", before: before ?? "" };
}

export const countFilters = (filters: Filters): number => Object.values(filters).filter(Boolean).length;

/** The query with one filter changed; what else was typed stays as it was typed. */
export function withFilter<Name extends keyof Filters>(text: string, name: Name, value: Filters[Name]): string {
  const { typed, write } = TOKENS[name];
  const rest = text.replace(typed, " ").replace(/\s+/gu, " ").trim();
  if (!value) return rest;
  return rest === "" ? write(value) : `${rest} ${write(value)}`;
}

/**
 * The query that a form sent without scripts: what is in its field, and what was changed in its controls since the page was drawn
 * for `drawnFor`. A control that nobody touched does not undo a filter that was typed.
 */
export function withControls(text: string, drawnFor: string, controls: Filters): string {
  const before = readFilters(drawnFor);
  const names = Object.keys(TOKENS) as (keyof Filters)[];
  return names.reduce(
    (query, name) => (controls[name] === before[name] ? query : withFilter(query, name, controls[name])),
    text,
  );
}
