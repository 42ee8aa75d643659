import { z } from "zod";
import { QUESTION_CHARACTERS_MAX } from "@/lib/conversations/rules";

const id = z.uuid();

/** However the service is configured. */
const DOCUMENTS_PER_MESSAGE_CEILING = 100;

/** PostgreSQL holds no null character, and nobody types one. */
export const questionText = z
  .string()
  .transform((text) => text.replaceAll("\0", "").trim())
  .pipe(z.string().min(1).max(QUESTION_CHARACTERS_MAX));

/**
 * The browser makes the identifiers, so that sending the same request twice (a network cut before the answer) finds the turn
 * already started instead of asking again.
 */
const common = {
  conversationId: id,
  /** Of the answer that is asked for: a new one each time. */
  answerId: id,
  /** Absent: the model that the agent chose last. */
  modelId: z.string().max(100).optional(),
};

/** The body of `POST /api/chat`: each kind opens a turn, and none overwrites anything. */
export const chatInput = z.discriminatedUnion("kind", [
  /** A new question, after the shown branch. While another turn runs it waits in the queue. */
  z.object({
    kind: z.literal("ask"),
    ...common,
    /** True for the first question: the conversation is created with it. */
    isNew: z.boolean(),
    questionId: id,
    text: questionText,
    /** The documents that come with it, in order. */
    documentIds: z.array(id).max(DOCUMENTS_PER_MESSAGE_CEILING).optional(),
  }),
  /** Another wording of a question, with the same documents: a new branch beside it. */
  z.object({ kind: z.literal("edit"), ...common, editedId: id, questionId: id, text: questionText }),
  /** Another answer to a question. */
  z.object({ kind: z.literal("retry"), ...common, questionId: id }),
  /** The rest of an answer that was stopped, cut or interrupted: a new answer that begins with its text. */
  z.object({ kind: z.literal("continue"), ...common, continuedId: id }),
  /** The first question of the queue, when nothing sends it by itself. */
  z.object({ kind: z.literal("next"), ...common }),
]);

export type ChatInput = z.infer<typeof chatInput>;
