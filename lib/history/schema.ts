import { z } from "zod";
import { HISTORY_QUERY_CHARACTERS_MAX } from "./rules";

const once = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** As it comes from an address or a field: what is not readable asks for nothing, never for an error page. */
export const historyQueryText = z
  .preprocess(once, z.string().catch(""))
  .transform((text) => text.slice(0, HISTORY_QUERY_CHARACTERS_MAX));
export const historySort = z.preprocess(once, z.enum(["relevance", "date"]).catch("relevance"));
export type HistorySort = z.infer<typeof historySort>;

export const historySearchInput = z.object({
  /** Words, "exact phrases", -exclusions and filters (projet: avec:fichier avec:web modèle: avant: après:). */
  query: historyQueryText,
  sort: historySort,
  /** Given by the page before. */
  cursor: z.string().max(400).optional(),
});
export type HistorySearch = z.infer<typeof historySearchInput>;

/** As one types: the last word may be unfinished. */
export const quickSearchInput = z.object({ query: historyQueryText });

export const HISTORY_KINDS = ["title", "question", "answer", "document", "source"] as const;
/** Where it was found: a title, a question, an answer, a document that came with a question (name or text), a source cited. */
export type HistoryKind = (typeof HISTORY_KINDS)[number];

export type SnippetPiece = { text: string; isMatch: boolean };

export type HistoryHit = {
  conversationId: string;
  /** Of the conversation. */
  title: string;
  /** The title of the project that the conversation is in. */
  project: string | null;
  /** The message to open at; null for a title. */
  messageId: string | null;
  kind: HistoryKind;
  /** Of the document or of the source, when it is one. */
  name: string | null;
  at: Date;
  /** Some two lines around what was found. */
  snippet: SnippetPiece[];
};

export type HistoryPage = {
  hits: HistoryHit[];
  /** How many there are, counted up to `HISTORY_COUNT_MAX`. */
  total: number;
  isTotalCapped: boolean;
  nextCursor: string | null;
  /** What could be tried when nothing, or little, was found: the query with other words, from what the agent has written. */
  suggestions: string[];
  /** The words were not found as typed: these hits hold words that look like them. */
  isApproximate: boolean;
  /** What could not be understood in the query, as it was typed ("avant:hier-soir"). */
  misread: string[];
  /** The project that was asked for, when it was left aside. */
  unknownProject: UnknownProject | null;
};

/** `ambiguous`: several begin so. */
export type UnknownProject = { title: string; reason: "unknown" | "ambiguous" };

export const HISTORY_COUNT_MAX = 1_000;

/** Messages of one conversation that hold the words, in the order of its shown branch. */
export type ConversationMatches = { messageIds: string[] };

export const conversationMatchesInput = z.object({ conversationId: z.uuid(), query: historyQueryText });
