import { z } from "zod";
import { TITLE_CHARACTERS_MAX } from "./rules";

export const conversationId = z.uuid();

export const renameInput = z.object({
  id: conversationId,
  title: z.string().trim().min(1).max(TITLE_CHARACTERS_MAX),
});

export const conversationInput = z.object({ id: conversationId });
export const earlierMessagesInput = z.object({ conversationId, messageId: z.uuid() });
export const conversationPageInput = z.object({ cursor: z.string().max(200).optional() });

/** What a message is made of. Read back from a jsonb column, hence parsed. */
export const messagePart = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("reasoning"), text: z.string() }),
]);
export const messageParts = z.array(messagePart);
export type MessagePart = z.infer<typeof messagePart>;

export type ConversationSummary = { id: string; title: string; usedAt: Date; isRunning: boolean };

/** `nextCursor` is null on the last page. */
export type ConversationPage = { conversations: ConversationSummary[]; nextCursor: string | null };

export type TurnStatus = "running" | "completed" | "stopped" | "failed" | "interrupted";

/** How an answer came to be. `failureCode` is an `ErrorCode`, set when the status is "failed". */
export type TurnSummary = { id: string; status: TurnStatus; failureCode: string | null; modelLabel: string };

export type StoredMessage = {
  id: string;
  parentId: string | null;
  author: "agent" | "assistant";
  parts: MessagePart[];
  createdAt: Date;
  /** Only on answers. */
  turn: TurnSummary | null;
};
