import { z } from "zod";
import { documentOrigin } from "@/lib/conversations/schema";
import { SHARE_DAYS } from "./rules";

export const shareId = z.uuid();

export const newShareInput = z.object({
  conversationId: z.uuid(),
  /** The answer that ends what is shared; absent: the last one of what is shown. */
  messageId: z.uuid().optional(),
  withDocuments: z.boolean(),
  days: z.union(SHARE_DAYS.map((days) => z.literal(days))),
});
export type NewShare = z.infer<typeof newShareInput>;

export const sharedFileInput = z.object({ id: shareId, documentId: z.uuid() });
export const shareInput = z.object({ id: shareId });

const sharedSource = z.object({
  number: z.number(),
  name: z.string(),
  /** Of a document: which of its pages, from 1. */
  page: documentOrigin.pick({ page: true, kind: true, label: true }).nullable(),
  /** Of a page of the web. */
  url: z.string().nullable(),
  /** What is cited, as it was read; null for a document that is not shared. */
  passage: z.string().nullable(),
});
export type SharedSource = z.infer<typeof sharedSource>;

const sharedFile = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The bytes that can be taken; null when documents are not shared. */
  fileId: z.uuid().nullable(),
  sizeBytes: z.number(),
});
export type SharedFile = z.infer<typeof sharedFile>;

/** What is shared of a message: what was said, never what was thought, nor what tools were given. */
export const sharedMessages = z.array(
  z.object({
    id: z.uuid(),
    author: z.enum(["agent", "assistant"]),
    text: z.string(),
    /** ISO 8601. */
    createdAt: z.string(),
    modelLabel: z.string().nullable(),
    sources: z.array(sharedSource),
    documents: z.array(sharedFile),
  }),
);
export type SharedMessage = z.infer<typeof sharedMessages>[number];

/** A link, for whoever gave it. */
export type ShareSummary = { id: string; title: string; withDocuments: boolean; createdAt: Date; expiresAt: Date };

/** What a link shows. */
export type Share = ShareSummary & { sharedBy: string; isMine: boolean; messages: SharedMessage[] };
