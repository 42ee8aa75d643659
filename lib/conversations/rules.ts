import { parisDay } from "../i18n/paris-day.ts";
import type {
  CitationChecks,
  CitedPage,
  CitedSource,
  Co2,
  ConversationSummary,
  MessagePart,
  StoredMessage,
  TurnSummary,
} from "./schema";

export const TITLE_CHARACTERS_MAX = 100;
export const QUESTION_CHARACTERS_MAX = 100_000;
export const CONVERSATIONS_PER_PAGE = 30;
/** How many conversations an agent may pin: they are listed together, on top. */
export const PINNED_MAX = 100;
/** How many conversations are changed by one act. */
export const SELECTION_MAX = 200;
/** How long the notice of a deletion offers to undo it; the trash does for days. */
export const UNDO_SECONDS = 10;

/** How many messages of a conversation are drawn at a time. */
export const MESSAGES_PER_SCREEN = 12;
/** Long messages are drawn fewer at a time: as many as hold in this, and two at least. */
const CHARACTERS_PER_SCREEN = 30_000;

const TITLE_CHARACTERS_WISHED = 60;

/** The title of a conversation until it gets a better one: the start of its first question, cut between words. */
export function titleFrom(question: string): string {
  const line = question.replace(/\s+/gu, " ").trim();
  const characters = [...line];
  if (characters.length <= TITLE_CHARACTERS_WISHED) return line;
  const start = characters.slice(0, TITLE_CHARACTERS_WISHED - 1).join("");
  const cut = start.lastIndexOf(" ");
  const words = cut > TITLE_CHARACTERS_WISHED / 2 ? start.slice(0, cut) : start;
  return `${words.replace(/[\s,;:.!?…-]+$/u, "")}…`.slice(0, TITLE_CHARACTERS_MAX);
}

/** A page of the web, rather than one of a document. */
export const isCitedPage = (source: CitedSource): source is CitedPage => "url" in source;

/** What a message says, without the reasoning: what is searched, copied and sent to the model again. */
export const plainText = (parts: readonly MessagePart[]): string => saidIn(parts, "text");

/** What was said, or thought, in all the parts of a message. */
export const saidIn = (parts: readonly MessagePart[], type: "text" | "reasoning"): string =>
  parts.flatMap((part) => (part.type === type ? part.text : [])).join("\n\n");

/** What the markers of an answer stand for, each number once, in order. */
export function sourcesIn(parts: readonly MessagePart[]): CitedSource[] {
  const all = parts.flatMap((part) => (part.type === "text" ? (part.sources ?? []) : []));
  const byNumber = new Map(all.map((source) => [source.number, source]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** What was found of the markers and quotations of an answer, in all its parts. */
export function checksIn(parts: readonly MessagePart[]): CitationChecks {
  const sum = { checked: 0, dropped: 0, unfound: 0 };
  for (const part of parts) {
    if (part.type !== "text" || !part.checks) continue;
    sum.checked += part.checks.checked;
    sum.dropped += part.checks.dropped;
    sum.unfound += part.checks.unfound;
  }
  return sum;
}

/** How long the model thought, in all; null when some of it is not known. */
export function reasoningMs(parts: readonly MessagePart[]): number | null {
  const durations = parts.flatMap((part) => (part.type === "reasoning" ? [part.durationMs] : []));
  const known = durations.filter((ms) => ms !== undefined);
  return durations.length > 0 && known.length === durations.length ? known.reduce((sum, ms) => sum + ms, 0) : null;
}

/** A turn as it is stored. */
type TurnRow = Pick<TurnSummary, "id" | "status" | "failureCode" | "modelLabel" | "isTruncated"> &
  Pick<TurnSummary, "hostingLabel" | "inputTokens" | "outputTokens"> & {
    requestedModelId: string | null;
    co2GramsMin: number | null;
    co2GramsMax: number | null;
    co2Source: Co2["source"] | null;
    startedAt: Date;
    firstTokenAt: Date | null;
    endedAt: Date | null;
  };

export function toTurnSummary(row: TurnRow, labelOf: (modelId: string) => string): TurnSummary {
  const { requestedModelId, co2GramsMin, co2GramsMax, co2Source, startedAt, firstTokenAt, endedAt, ...same } = row;
  const since = (moment: Date | null) => moment && Math.max(0, moment.getTime() - startedAt.getTime());
  const isCo2Known = co2GramsMin !== null && co2GramsMax !== null && co2Source !== null;
  return {
    ...same,
    requestedModelLabel: requestedModelId && labelOf(requestedModelId),
    firstTokenMs: since(firstTokenAt),
    durationMs: since(endedAt),
    co2: isCo2Known ? { gramsMin: co2GramsMin, gramsMax: co2GramsMax, source: co2Source } : null,
  };
}

/** The end of `messages`, cut so that long ones do not make a page heavy. A question and its answer are never too long. */
export function latestThatFit(messages: readonly StoredMessage[]): StoredMessage[] {
  let left = CHARACTERS_PER_SCREEN;
  const first = messages.findLastIndex(({ parts }, index) => {
    left -= saidIn(parts, "text").length + saidIn(parts, "reasoning").length;
    return left < 0 && index < messages.length - 2;
  });
  return messages.slice(first + 1);
}

type Position = { at: string; id: string };

/** A place in a list of conversations. `at` is PostgreSQL's own text of the moment it is sorted by, to the microsecond. */
export const toCursor = ({ at, id }: Position): string => `${at}~${id}`;

const cursorShape = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::?\d\d)?)~([0-9a-f-]{36})$/;

/** Null when the text is not a cursor of ours. */
export function findCursor(text: string): Position | null {
  const [, at, id] = cursorShape.exec(text) ?? [];
  return at && id ? { at, id } : null;
}

export type DateGroup =
  | { kind: "today" | "yesterday" | "last7Days" | "last30Days"; conversations: ConversationSummary[] }
  | { kind: "month"; month: Date; conversations: ConversationSummary[] };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Midnight UTC of the calendar day that `moment` is in Paris: such days differ by whole numbers of 24 hours. */
const dayInParis = (moment: Date) => Date.parse(parisDay(moment));

/** Groups in the order given, by the calendar of Paris. `month` is noon UTC on the first of that month. */
export function groupByDate(conversations: readonly ConversationSummary[], now: Date): DateGroup[] {
  const groups = new Map<string, DateGroup>();
  const today = dayInParis(now);
  for (const conversation of conversations) {
    const { key, group } = groupOf(dayInParis(conversation.usedAt), today);
    const known = groups.get(key) ?? group;
    known.conversations.push(conversation);
    groups.set(key, known);
  }
  return [...groups.values()];
}

function groupOf(day: number, today: number): { key: string; group: DateGroup } {
  const daysAgo = (today - day) / DAY_MS;
  const kind = daysAgo <= 0 ? "today" : daysAgo === 1 ? "yesterday" : daysAgo <= 7 ? "last7Days" : "last30Days";
  if (daysAgo <= 30) return { key: kind, group: { kind, conversations: [] } };
  const month = new Date(day);
  month.setUTCDate(1);
  month.setUTCHours(12);
  return { key: month.toISOString(), group: { kind: "month", month, conversations: [] } };
}
