import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { visibleTo } from "@/lib/conversations/queries";
import { plainText, titleFrom } from "@/lib/conversations/rules";
import { type MessagePart, messageParts, type StoredMessage } from "@/lib/conversations/schema";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { endDocuments } from "@/lib/library/mutations";
import { attachDocuments, copyAttached, requireDocuments } from "@/lib/message-documents/mutations";
import { holdProject } from "@/lib/projects/queries";
import { dequeue, enqueue } from "@/lib/queue/mutations";
import { restOfLife, wholeLife } from "@/lib/temporary/queries";
import { getTurnContext, getTurnSettings, type TurnContext, turnMetadata } from "./queries";
import type { ChatInput, WebMode } from "./schema";
import type { TurnMetadata } from "./stream-parts";

/** The model that is to answer, as the turn remembers it. */
export type TurnModel = { modelId: string; modelLabel: string };

/**
 * `known`: this request was already received (the browser sent it twice), and this is the turn it opened. `queued`: another
 * turn runs, the question waits for its end. `begun` is what the answer begins with, when it continues another; the branch of
 * `context` then ends with that other.
 */
export type Opening =
  | { kind: "opened"; turn: NewTurn; isTemporary: boolean; begun: MessagePart[]; context: TurnContext }
  | { kind: "known"; turn: TurnMetadata }
  | { kind: "queued" };

/** Saves the question and its empty answer, and opens the turn: all of it or nothing. */
export async function openTurn(actor: Actor, input: ChatInput, modelOf: (id?: string) => TurnModel): Promise<Opening> {
  return asMember(actor.agentId, async (tx) => {
    if (input.kind === "ask" && input.isNew && (await createConversation(tx, actor, input)))
      return openFirstTurn(tx, actor, input, modelOf(input.modelId));
    // Sent together, and run in this order: each round trip is a wait before the first word.
    const [{ leafId, isTemporary }, known, isAnswering] = await Promise.all([
      lockConversation(tx, actor, input),
      findKnownTurn(tx, actor, input),
      hasRunningTurn(tx, actor, input.conversationId),
    ]);
    if (known) return { kind: "known", turn: known };
    if (isAnswering) {
      if (input.kind !== "ask") throw new AppError("turn_already_running");
      const { questionId: id, conversationId, text, modelId, documentIds, web: webMode } = input;
      await requireDocuments(tx, actor, documentIds ?? []);
      await enqueue(tx, actor.agentId, { id, conversationId, text, modelId, documentIds, webMode });
      return { kind: "queued" };
    }
    const asked = await placeQuestion(tx, actor, input, leafId);
    const turn = {
      turnId: newId(),
      conversationId: input.conversationId,
      questionId: asked.questionId,
      answerId: input.answerId,
      webMode: asked.webMode,
      ...modelOf(asked.modelId ?? input.modelId),
    };
    const [context] = await Promise.all([
      getTurnContext(tx, actor, input.conversationId, asked.continuesId ?? asked.questionId),
      insertAnswer(tx, actor, turn, asked.begun),
      insertTurn(tx, actor, turn, asked.continuesId),
      showBranch(tx, actor, turn, {
        isRemembered: input.kind === "next" || (input.kind === "ask" && input.web !== undefined),
      }),
    ]);
    return { kind: "opened", turn, isTemporary, begun: asked.begun, context };
  });
}

/** The turn that this very request opened when it was first received, or null. */
export async function findKnownOpening(actor: Actor, input: ChatInput): Promise<Opening | null> {
  const turn = await asMember(actor.agentId, (tx) => findKnownTurn(tx, actor, input));
  return turn && { kind: "known", turn };
}

type Question = ChatInput & { kind: "ask" };

/** False when the identifier is taken: by this very request, received before, or by someone else, whose lock is refused. */
async function createConversation(tx: Transaction, actor: Actor, input: Question): Promise<boolean> {
  const { conversationId: id, text, answerId: shownLeafId, projectId } = input;
  // No page asks for it: a temporary conversation is in no project.
  if (projectId && input.temporary) throw new AppError("invalid_input");
  if (projectId) await holdProject(tx, actor, projectId);
  const created = await tx
    .insert(conversations)
    .values({
      id,
      ownerId: actor.agentId,
      title: input.temporary ? "" : titleFrom(text),
      expiresAt: input.temporary ? wholeLife : null,
      shownLeafId,
      webMode: input.web ?? "off",
      projectId,
    })
    .onConflictDoNothing()
    .returning({ id: conversations.id });
  return created.length > 0;
}

/** In a conversation that this transaction created: nothing runs in it, and nothing was said before. */
async function openFirstTurn(tx: Transaction, actor: Actor, input: Question, model: TurnModel): Promise<Opening> {
  const { conversationId, questionId, answerId, text, documentIds = [], web: webMode = "off" } = input;
  const turn = { turnId: newId(), conversationId, questionId, answerId, webMode, ...model };
  const begun: MessagePart[] = [];
  const [question, settings] = await Promise.all([
    insertQuestion(tx, actor, { id: questionId, conversationId, text, parentId: null }),
    getTurnSettings(tx, actor, conversationId),
    insertAnswer(tx, actor, turn, begun),
    insertTurn(tx, actor, turn, null),
  ]);
  const attached = await attachDocuments(tx, actor, { conversationId, messageId: questionId }, documentIds);
  const isTemporary = input.temporary === true;
  if (isTemporary) await endDocuments(tx, actor, conversationId, input.newDocumentIds ?? []);
  return {
    kind: "opened",
    turn,
    isTemporary,
    begun,
    context: { branch: [question], summaries: [], attached, settings },
  };
}

/** The update is also the access check, brings an archived conversation back, and holds the row until the turn exists. Gives the leaf of the shown branch. */
async function lockConversation(
  tx: Transaction,
  actor: Actor,
  { conversationId: id, temporary = false }: ChatInput,
): Promise<{ leafId: string | null; isTemporary: boolean }> {
  const [held] = await tx
    .update(conversations)
    .set({ usedAt: sql`now()`, archivedAt: null, expiresAt: restOfLife })
    .where(and(visibleTo(actor), eq(conversations.id, id)))
    .returning({ leafId: conversations.shownLeafId, isTemporary: sql<boolean>`expires_at is not null` });
  if (!held) throw new AppError(temporary ? "temporary_gone" : "conversation_not_found");
  return held;
}

/** A question is asked once; another answer is asked for once. */
async function findKnownTurn(tx: Transaction, actor: Actor, input: ChatInput): Promise<TurnMetadata | null> {
  const isSame =
    input.kind === "ask" || input.kind === "edit"
      ? eq(turns.questionId, input.questionId)
      : eq(turns.answerId, input.answerId);
  const [found] = await tx
    .select(turnMetadata)
    .from(turns)
    .where(and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, input.conversationId), isSame))
    .orderBy(desc(turns.startedAt), desc(turns.id))
    .limit(1);
  return found ?? null;
}

async function hasRunningTurn(tx: Transaction, actor: Actor, conversationId: string): Promise<boolean> {
  const [running] = await tx
    .select({ id: turns.id })
    .from(turns)
    .where(
      and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, conversationId), eq(turns.status, "running")),
    );
  return running !== undefined;
}

/** Where an answer goes, and what it begins with. */
type Asked = {
  questionId: string;
  continuesId: string | null;
  begun: MessagePart[];
  modelId: string | null;
  webMode: WebMode;
};

async function placeQuestion(tx: Transaction, actor: Actor, input: ChatInput, leafId: string | null): Promise<Asked> {
  const { conversationId } = input;
  const plain = { continuesId: null, begun: [], modelId: null, webMode: "off" as const };
  switch (input.kind) {
    case "ask":
      await insertQuestion(tx, actor, { id: input.questionId, conversationId, text: input.text, parentId: leafId });
      await attachDocuments(tx, actor, { conversationId, messageId: input.questionId }, input.documentIds ?? []);
      return { ...plain, questionId: input.questionId, webMode: input.web ?? "off" };
    case "edit": {
      const { parentId } = await getMessage(tx, actor, { conversationId, id: input.editedId, author: "agent" });
      await insertQuestion(tx, actor, { id: input.questionId, conversationId, text: input.text, parentId });
      await copyAttached(tx, actor, {
        conversationId,
        copies: new Map([[input.editedId, input.questionId]]),
      });
      const webMode = input.web ?? (await findWebMode(tx, actor, { conversationId, questionId: input.editedId }));
      return { ...plain, questionId: input.questionId, webMode };
    }
    case "retry":
      await getMessage(tx, actor, { conversationId, id: input.questionId, author: "agent" });
      return { ...plain, questionId: input.questionId, webMode: await findWebMode(tx, actor, input) };
    case "continue": {
      const { continuedId: id } = input;
      const begun = await getMessage(tx, actor, { conversationId, id, author: "assistant" });
      if (!begun.parentId) throw new AppError("message_not_found");
      return { ...plain, questionId: begun.parentId, continuesId: id, begun: messageParts.parse(begun.parts) };
    }
    case "next": {
      const first = await dequeue(tx, actor.agentId, conversationId);
      if (!first) throw new AppError("queued_question_sent");
      await insertQuestion(tx, actor, { id: first.id, conversationId, text: first.text, parentId: leafId });
      await attachDocuments(tx, actor, { conversationId, messageId: first.id }, first.documentIds, { hasWaited: true });
      return { ...plain, questionId: first.id, modelId: first.modelId, webMode: first.webMode };
    }
  }
}

async function getMessage(
  tx: Transaction,
  actor: Actor,
  wanted: { conversationId: string; id: string; author: "agent" | "assistant" },
): Promise<{ parentId: string | null; parts: unknown }> {
  const [found] = await tx
    .select({ parentId: messages.parentId, parts: messages.parts })
    .from(messages)
    .where(
      and(
        eq(messages.ownerId, actor.agentId),
        eq(messages.conversationId, wanted.conversationId),
        eq(messages.id, wanted.id),
        eq(messages.author, wanted.author),
      ),
    );
  if (!found) throw new AppError("message_not_found");
  return found;
}

async function insertQuestion(
  tx: Transaction,
  actor: Actor,
  question: { id: string; conversationId: string; text: string; parentId: string | null },
): Promise<StoredMessage> {
  const { id, parentId, text } = question;
  const author = "agent";
  const parts: MessagePart[] = [{ type: "text", text }];
  const [inserted] = await tx
    .insert(messages)
    .values({ ...question, ownerId: actor.agentId, author, parts })
    .onConflictDoNothing()
    .returning({ createdAt: messages.createdAt });
  // The identifier is someone else's message, which this actor cannot see.
  if (!inserted) throw new AppError("message_not_found");
  return { id, parentId, author, parts, createdAt: inserted.createdAt, siblings: [], turn: null };
}

type NewTurn = TurnMetadata & TurnModel & { webMode: WebMode };

/** How a question was last answered. */
async function findWebMode(
  tx: Transaction,
  actor: Actor,
  { conversationId, questionId }: { conversationId: string; questionId: string },
): Promise<WebMode> {
  const [last] = await tx
    .select({ webMode: turns.webMode })
    .from(turns)
    .where(
      and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, conversationId), eq(turns.questionId, questionId)),
    )
    .orderBy(desc(turns.startedAt), desc(turns.id))
    .limit(1);
  return last?.webMode ?? "off";
}

async function insertAnswer(tx: Transaction, actor: Actor, turn: NewTurn, begun: MessagePart[]): Promise<void> {
  const { conversationId, questionId: parentId, answerId: id } = turn;
  const text = plainText(begun);
  const inserted = await tx
    .insert(messages)
    .values({ id, conversationId, ownerId: actor.agentId, parentId, author: "assistant", parts: begun, text })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  // As for a question: an identifier that is taken is nobody's business here.
  if (inserted.length === 0) throw new AppError("message_not_found");
}

async function insertTurn(tx: Transaction, actor: Actor, turn: NewTurn, continuesId: string | null): Promise<void> {
  const { turnId: id, ...of } = turn;
  await tx.insert(turns).values({ id, ...of, ownerId: actor.agentId, continuesId });
}

/** `isRemembered`: the next question begins with how this one was asked. */
async function showBranch(
  tx: Transaction,
  actor: Actor,
  turn: NewTurn,
  { isRemembered }: { isRemembered: boolean },
): Promise<void> {
  await tx
    .update(conversations)
    .set({ shownLeafId: turn.answerId, ...(isRemembered && { webMode: turn.webMode }) })
    .where(and(eq(conversations.ownerId, actor.agentId), eq(conversations.id, turn.conversationId)));
}
