import { z } from "zod";
import { QUESTION_CHARACTERS_MAX } from "@/lib/conversations/rules";
import { typedText } from "@/lib/http/typed-text";
import { WEB_QUERY_CHARACTERS_MAX } from "@/lib/web/query-length";

const id = z.uuid();

export const CALL_ID_CHARACTERS_MAX = 200;

/** However the service is configured. */
const DOCUMENTS_PER_MESSAGE_CEILING = 100;

export const questionText = typedText.pipe(z.string().min(1).max(QUESTION_CHARACTERS_MAX));

/** Whether a question is answered with a search of the web: of all of it, or of official sites only. */
export const webMode = z.enum(["off", "all", "official"]);
export type WebMode = z.infer<typeof webMode>;

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
  /** The page says that the conversation is temporary: the first question makes it so; later, one that is gone is said to be. */
  temporary: z.boolean().optional(),
};

/** The body of `POST /api/chat`: each kind opens a turn, and none overwrites anything. */
export const chatInput = z.discriminatedUnion("kind", [
  /** A new question, after the shown branch. While another turn runs it waits in the queue. */
  z.object({
    kind: z.literal("ask"),
    ...common,
    /** True for the first question: the conversation is created with it. */
    isNew: z.boolean(),
    /** The project in which it is created. */
    projectId: id.optional(),
    questionId: id,
    text: questionText,
    /** The documents that come with it, in order. */
    documentIds: z.array(id).max(DOCUMENTS_PER_MESSAGE_CEILING).optional(),
    /** Of the first question of a temporary conversation: those that were sent for it, rather than chosen among the agent's. */
    newDocumentIds: z.array(id).max(DOCUMENTS_PER_MESSAGE_CEILING).optional(),
    web: webMode.optional(),
  }),
  /** Another wording of a question, with the same documents: a new branch beside it. */
  z.object({
    kind: z.literal("edit"),
    ...common,
    editedId: id,
    questionId: id,
    text: questionText,
    /** Absent: as it was for the other wording. */
    web: webMode.optional(),
  }),
  /** Another answer to a question, with a search if there was one. */
  z.object({ kind: z.literal("retry"), ...common, questionId: id }),
  /** The rest of an answer that was stopped, cut or interrupted: a new answer that begins with its text. */
  z.object({ kind: z.literal("continue"), ...common, continuedId: id }),
  /** The first question of the queue, when nothing sends it by itself. */
  z.object({ kind: z.literal("next"), ...common }),
]);

export type ChatInput = z.infer<typeof chatInput>;

/** The body of `POST /api/chat/{id}/call`: what the agent says to a tool that waits for them, or that they wait for no more. */
export const callWordInput = z.object({
  callId: z.string().min(1).max(CALL_ID_CHARACTERS_MAX),
  word: z.discriminatedUnion("kind", [
    /** The query may leave, as the agent corrected it; or the address may be opened. */
    z.object({ kind: z.literal("send"), query: z.string().trim().max(WEB_QUERY_CHARACTERS_MAX) }),
    /** What waits to leave must not; what is under way stops, and the answer goes on with what came. */
    z.object({ kind: z.literal("skip") }),
  ]),
});
export type CallWord = z.infer<typeof callWordInput>["word"];
