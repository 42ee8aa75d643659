import { z } from "zod";
import { QUESTION_CHARACTERS_MAX } from "@/lib/conversations/rules";

const id = z.uuid();

/**
 * The body of `POST /api/chat`. The browser makes the identifiers, so that sending the same question twice (a network
 * cut before the answer) finds the turn already started instead of asking again.
 */
export const chatInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ask"),
    conversationId: id,
    /** True for the first question: the conversation is created with it. */
    isNew: z.boolean(),
    questionId: id,
    text: z.string().trim().min(1).max(QUESTION_CHARACTERS_MAX),
  }),
  z.object({
    kind: z.literal("retry"),
    conversationId: id,
    questionId: id,
  }),
]);

export type ChatInput = z.infer<typeof chatInput>;
