import { z } from "zod";
import { FEEDBACK_COMMENT_CHARACTERS_MAX, RATINGS } from "@/lib/feedback/rules";

/*
 * The format of what is taken away, described for people in docs/export.md. Fields are added, never renamed: what is not known
 * is ignored, and what is missing has a default.
 */

const TITLE_SOURCES = ["question", "model", "agent"] as const;
const WEB_MODES = ["off", "all", "official"] as const;
const TURN_STATUSES = ["running", "completed", "stopped", "failed", "interrupted"] as const;

export const EXPORT_FORMAT = "assistant-ia/export@1";
export const ARCHIVE_FORMAT = "assistant-ia/archive@1";

/** Nothing here is older than computers; PostgreSQL has no year 0, nor larger counts. */
const moment = z.iso.datetime({ offset: true }).refine((value) => Date.parse(value) >= 0);
const COUNT_MAX = 2_147_483_647;
const count = z.number().int().nonnegative().max(COUNT_MAX).nullable().default(null);
const grams = z.number().nonnegative().nullable().default(null);
/** PostgreSQL has no text with a null character in it. */
const text = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax)
    .transform((value) => value.replaceAll("\0", "").toWellFormed());

const exportedTurn = z.object({
  status: z.enum(TURN_STATUSES),
  failureCode: text(100).nullable().default(null),
  modelId: text(300).default(""),
  modelLabel: text(300),
  requestedModelId: text(300).nullable().default(null),
  hostingLabel: text(300).nullable().default(null),
  webMode: z.enum(WEB_MODES).default("off"),
  isTruncated: z.boolean().default(false),
  inputTokens: count,
  outputTokens: count,
  co2GramsMin: grams,
  co2GramsMax: grams,
  co2Source: z.enum(["provider", "estimate"]).nullable().default(null),
  startedAt: moment,
  firstTokenAt: moment.nullable().default(null),
  endedAt: moment.nullable().default(null),
});

const exportedOpinion = z.object({
  rating: z.enum(RATINGS),
  reasons: z.array(z.string().max(100)).max(50).default([]),
  comment: text(FEEDBACK_COMMENT_CHARACTERS_MAX).default(""),
});

export const exportedMessage = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  author: z.enum(["agent", "assistant"]),
  createdAt: moment,
  /** What it says, without what was thought nor done. */
  text: text(2_000_000),
  /** As the product stores them: text with its sources, reasoning, calls of tools. */
  parts: z.array(z.record(z.string(), z.unknown())).max(10_000),
  documents: z
    .array(z.object({ id: z.uuid(), name: text(300) }))
    .max(1_000)
    .default([]),
  turn: exportedTurn.nullable().default(null),
  opinion: exportedOpinion.nullable().default(null),
});

export const exportedConversation = z.object({
  id: z.uuid(),
  title: text(300),
  titleSource: z.enum(TITLE_SOURCES).default("agent"),
  webMode: z.enum(WEB_MODES).default("off"),
  createdAt: moment,
  usedAt: moment,
  pinnedAt: moment.nullable().default(null),
  archivedAt: moment.nullable().default(null),
  /** The last message of the branch that is shown. */
  shownLeafId: z.uuid().nullable(),
  messages: z.array(exportedMessage).max(20_000),
});
export type ExportedConversation = z.infer<typeof exportedConversation>;

/** One conversation of an archive. */
export const conversationFile = z.object({
  format: z.literal(EXPORT_FORMAT),
  conversations: z.array(exportedConversation).length(1),
});
/** The same, whose messages are still to be read, each by itself. */
export const conversationFrame = conversationFile.extend({
  conversations: z.array(exportedConversation.extend({ messages: z.array(z.unknown()).max(20_000) })).length(1),
});

const archivedDocument = z.object({
  id: z.uuid(),
  name: text(300),
  createdAt: moment,
  sizeBytes: z.number().int().nonnegative().nullable(),
  sha256: z.string().nullable(),
  /** In the archive; null when the bytes could not be read, or were deleted. */
  path: z.string().max(500).nullable(),
});
export type ArchivedDocument = z.infer<typeof archivedDocument>;

/** `donnees.json`: everything but the conversations and the files, which it names. */
export const archiveIndex = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  exportedAt: moment,
  account: z.looseObject({}),
  settings: z.looseObject({}),
  /** Each choice about the use of conversations, with its date. */
  consents: z.array(z.looseObject({})).default([]),
  conversations: z.array(z.object({ id: z.uuid(), title: text(300), path: z.string().max(500) })).max(100_000),
  documents: z.array(archivedDocument).max(100_000),
  /** Each read by itself (`exportedProject`): one of another shape is left aside, and the others are not. */
  projects: z.array(z.unknown()).max(1_000).default([]),
  /** The agent's own; the same (`exportedPrompt`). */
  prompts: z.array(z.unknown()).max(10_000).default([]),
  /** The links that are open. Told only: a link is never brought back. */
  shares: z.array(z.looseObject({})).default([]),
});
export type ArchiveIndex = z.infer<typeof archiveIndex>;
