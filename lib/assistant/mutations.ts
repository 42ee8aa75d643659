import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { visibleTo } from "@/lib/conversations/queries";
import { plainText, titleFrom } from "@/lib/conversations/rules";
import { type MessagePart, messageParts } from "@/lib/conversations/schema";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { dequeue, enqueue } from "@/lib/queue/mutations";
import { getTurnContext, type TurnContext, turnMetadata } from "./queries";
import type { ChatInput } from "./schema";
import type { TurnMetadata } from "./stream-parts";

/** The model that is to answer, as the turn remembers it. */
export type TurnModel = { modelId: string; modelLabel: string };

/**
 * `known`: this request was already received (the browser sent it twice), and this is the turn it opened. `queued`: another
 * turn runs, the question waits for its end. `begun` is what the answer begins with, when it continues another; the branch of
 * `context` then ends with that other.
 */
export type Opening =
  | { kind: "opened"; turn: TurnMetadata & TurnModel; begun: MessagePart[]; context: TurnContext }
  | { kind: "known"; turn: TurnMetadata }
  | { kind: "queued" };

/** Saves the question and its empty answer, and opens the turn: all of it or nothing. */
export async function openTurn(actor: Actor, input: ChatInput, modelOf: (id?: string) => TurnModel): Promise<Opening> {
  return asMember(actor.agentId, async (tx) => {
    // Sent together, and run in this order: each round trip is a wait before the first word.
    const [, leafId, known, isAnswering] = await Promise.all([
      input.kind === "ask" && input.isNew && createConversation(tx, actor, input.conversationId, input.text),
      lockConversation(tx, actor, input.conversationId),
      findKnownTurn(tx, actor, input),
      hasRunningTurn(tx, actor, input.conversationId),
    ]);
    if (known) return { kind: "known", turn: known };
    if (isAnswering) {
      if (input.kind !== "ask") throw new AppError("turn_already_running");
      const { questionId: id, conversationId, text, modelId } = input;
      await enqueue(tx, actor.agentId, { id, conversationId, text, modelId });
      return { kind: "queued" };
    }
    const asked = await placeQuestion(tx, actor, input, leafId);
    const turn = {
      turnId: newId(),
      conversationId: input.conversationId,
      questionId: asked.questionId,
      answerId: input.answerId,
      ...modelOf(asked.modelId ?? input.modelId),
    };
    const [context] = await Promise.all([
      getTurnContext(tx, actor, input.conversationId, asked.continuesId ?? asked.questionId),
      insertAnswer(tx, actor, turn, asked),
    ]);
    return { kind: "opened", turn, begun: asked.begun, context };
  });
}

/** The turn that this very request opened when it was first received, or null. */
export async function findKnownOpening(actor: Actor, input: ChatInput): Promise<Opening | null> {
  const turn = await asMember(actor.agentId, (tx) => findKnownTurn(tx, actor, input));
  return turn && { kind: "known", turn };
}

async function createConversation(tx: Transaction, actor: Actor, id: string, question: string): Promise<void> {
  // An identifier taken by someone else inserts nothing; the lock below then finds no conversation of the actor's.
  await tx
    .insert(conversations)
    .values({ id, ownerId: actor.agentId, title: titleFrom(question) })
    .onConflictDoNothing();
}

/** The update is also the access check, and holds the row until the turn exists. Gives the leaf of the shown branch. */
async function lockConversation(tx: Transaction, actor: Actor, id: string): Promise<string | null> {
  const [held] = await tx
    .update(conversations)
    .set({ usedAt: sql`now()` })
    .where(and(visibleTo(actor), eq(conversations.id, id)))
    .returning({ leafId: conversations.shownLeafId });
  if (!held) throw new AppError("conversation_not_found");
  return held.leafId;
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
type Asked = { questionId: string; continuesId: string | null; begun: MessagePart[]; modelId: string | null };

async function placeQuestion(tx: Transaction, actor: Actor, input: ChatInput, leafId: string | null): Promise<Asked> {
  const { conversationId } = input;
  const plain = { continuesId: null, begun: [], modelId: null };
  switch (input.kind) {
    case "ask":
      await insertQuestion(tx, actor, { id: input.questionId, conversationId, text: input.text, parentId: leafId });
      return { ...plain, questionId: input.questionId };
    case "edit": {
      const { parentId } = await getMessage(tx, actor, { conversationId, id: input.editedId, author: "agent" });
      await insertQuestion(tx, actor, { id: input.questionId, conversationId, text: input.text, parentId });
      return { ...plain, questionId: input.questionId };
    }
    case "retry":
      await getMessage(tx, actor, { conversationId, id: input.questionId, author: "agent" });
      return { ...plain, questionId: input.questionId };
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
      return { ...plain, questionId: first.id, modelId: first.modelId };
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
): Promise<void> {
  const parts: MessagePart[] = [{ type: "text", text: question.text }];
  const inserted = await tx
    .insert(messages)
    .values({ ...question, ownerId: actor.agentId, author: "agent", parts })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  // The identifier is someone else's message, which this actor cannot see.
  if (inserted.length === 0) throw new AppError("message_not_found");
}

async function insertAnswer(
  tx: Transaction,
  actor: Actor,
  turn: TurnMetadata & TurnModel,
  asked: Asked,
): Promise<void> {
  const { conversationId, questionId, answerId, turnId: id, modelId, modelLabel } = turn;
  const ownerId = actor.agentId;
  const inserted = await tx
    .insert(messages)
    .values({
      id: answerId,
      conversationId,
      ownerId,
      parentId: questionId,
      author: "assistant",
      parts: asked.begun,
      text: plainText(asked.begun),
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  // As for a question: an identifier that is taken is nobody's business here.
  if (inserted.length === 0) throw new AppError("message_not_found");
  const { continuesId } = asked;
  await Promise.all([
    tx.insert(turns).values({ id, conversationId, ownerId, questionId, answerId, modelId, modelLabel, continuesId }),
    tx
      .update(conversations)
      .set({ shownLeafId: answerId })
      .where(and(eq(conversations.ownerId, ownerId), eq(conversations.id, conversationId))),
  ]);
}
