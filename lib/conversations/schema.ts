import { z } from "zod";
import { toolPart } from "@/lib/assistant/tools/tool-parts";
import { typedText } from "@/lib/http/typed-text";
import type { ProjectName } from "@/lib/projects/rules";
import { SELECTION_MAX, TITLE_CHARACTERS_MAX } from "./rules";

export const conversationId = z.uuid();
export const messageId = z.uuid();

export const renameInput = z.object({
  id: conversationId,
  title: typedText.pipe(z.string().min(1).max(TITLE_CHARACTERS_MAX)),
});

export const conversationInput = z.object({ id: conversationId });
/** What was selected in a list. */
export const selectionInput = z.object({ ids: z.array(conversationId).min(1).max(SELECTION_MAX) });
export const pinInput = z.object({ id: conversationId, isPinned: z.boolean() });
/** A message of a conversation: a branch to show, the end of a copy, or what others come before. */
export const messageInput = z.object({ conversationId, messageId });
/** With `untilId`, all that comes before the message, up to that one. */
export const earlierInput = messageInput.extend({ untilId: messageId.optional() });
export const conversationPageInput = z.object({ cursor: z.string().max(200).optional() });

const cited = {
  /** As written in the text, from 1 within an answer. */
  number: z.number().int().positive(),
  /** What is cited, in UTF-16 units; `end` is excluded. Of a document: in the text of its page; of the web: in `passage`. */
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
};

export const documentOrigin = z.object({
  documentId: z.uuid(),
  name: z.string(),
  /** Of the page in the document, from 1. */
  page: z.number().int().positive(),
  kind: z.enum(["page", "slide", "sheet", "section", "image"]),
  label: z.string().nullable(),
  isRecognised: z.boolean(),
});
export const webOrigin = z.object({
  url: z.string(),
  title: z.string(),
  site: z.string(),
  /** Of the page, as it says; ISO 8601. */
  date: z.string().nullable(),
  /** ISO 8601. */
  readAt: z.string(),
  /** As it was read: the page may have changed since. */
  passage: z.string(),
});

/** What a checked marker of an answer ([1], [2]…) stands for: a passage that the model was given, and where it is. */
export const citedDocument = documentOrigin.extend(cited);
export const citedPage = webOrigin.extend(cited);
export const citedSource = z.union([citedDocument, citedPage]);
export type CitedDocument = z.infer<typeof citedDocument>;
export type CitedPage = z.infer<typeof citedPage>;
export type CitedSource = z.infer<typeof citedSource>;

/** How many markers were found to be true in a text, and what was wrong with the others. */
export const citationChecks = z.object({
  checked: z.number().int(),
  /** Markers taken out: they named nothing that was given. */
  dropped: z.number().int(),
  /** Quotations found nowhere in what was given; the text says so. */
  unfound: z.number().int(),
});
export type CitationChecks = z.infer<typeof citationChecks>;

/** What a message is made of. Read back from a jsonb column, hence parsed. */
export const messagePart = z.union([
  z.object({
    type: z.literal("text"),
    text: z.string(),
    /** What its markers stand for, when sources were given. */
    sources: z.array(citedSource).optional(),
    checks: citationChecks.optional(),
    /** Someone else's, copied from what they shared. */
    isCopied: z.literal(true).optional(),
  }),
  z.object({ type: z.literal("reasoning"), text: z.string(), durationMs: z.number().optional() }),
  toolPart,
]);
export const messageParts = z.array(messagePart);
export type MessagePart = z.infer<typeof messagePart>;

export type ConversationSummary = {
  id: string;
  title: string;
  usedAt: Date;
  isRunning: boolean;
  /** An answer ended that nobody was looking at. */
  hasUnseenAnswer: boolean;
  isPinned: boolean;
  /** The project it is in. */
  projectId: string | null;
};

/** One of a list that is not the sidebar's; `at` is when it was archived, or put in the trash. */
export type StoredConversation = Pick<ConversationSummary, "id" | "title" | "usedAt" | "isPinned" | "projectId"> & {
  at: Date;
};
export type StoredPage = { conversations: StoredConversation[]; nextCursor: string | null };

export type OpenedConversation = ConversationSummary & {
  isArchived: boolean;
  /** When a temporary one ends at the latest, which is neither listed nor found again and has no title; null: it is kept. */
  endsAt: Date | null;
  /** When its owner was first told that it would leave, for want of use since then. */
  announcedAt: Date | null;
  /** As the last question was asked: the next one begins with it. */
  webMode: "off" | "all" | "official";
  project: ProjectName | null;
};

/** `nextCursor` is null on the last page. */
export type ConversationPage = { conversations: ConversationSummary[]; nextCursor: string | null };
/** What the list opens with: those that are pinned are apart, and on no page. */
export type ConversationLists = ConversationPage & { pinned: ConversationSummary[] };

export type TurnStatus = "running" | "completed" | "stopped" | "failed" | "interrupted";

/** Grams of CO2 equivalent; the two differ when the size of the model is not known exactly. */
export type Co2 = { gramsMin: number; gramsMax: number; source: "provider" | "estimate" };

/** Where an answer comes from and what it cost, as far as it is known. */
export type Provenance = {
  modelLabel: string;
  /** Where the model runs, and by whom. */
  hostingLabel: string | null;
  /** The model asked for, when another one answered. */
  requestedModelLabel: string | null;
  firstTokenMs: number | null;
  durationMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  co2: Co2 | null;
};

/** How an answer came to be. */
export type TurnSummary = Provenance & {
  id: string;
  status: TurnStatus;
  /** An `ErrorCode`, set when the status is "failed". */
  failureCode: string | null;
  /** The model stopped at its limit of length. */
  isTruncated: boolean;
};

export type StoredMessage = {
  id: string;
  parentId: string | null;
  author: "agent" | "assistant";
  parts: MessagePart[];
  createdAt: Date;
  /** The messages among which it can be chosen, itself included, in the order they were written; empty when it is alone. */
  siblings: string[];
  /** Only on answers. */
  turn: TurnSummary | null;
};
