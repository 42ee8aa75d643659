import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, summaries, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { visibleTo } from "@/lib/conversations/queries";
import { titleFrom } from "@/lib/conversations/rules";
import type { MessagePart, TurnStatus } from "@/lib/conversations/schema";
import { AppError, type ErrorCode } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import type { Summary } from "./context";
import type { ChatInput } from "./schema";
import type { TurnMetadata } from "./stream-parts";

/**
 * Saves the question and its empty answer, and opens the turn: all of it or nothing. Gives null when this question was
 * already asked (the browser sent it twice).
 */
export async function openTurn(actor: Actor, input: ChatInput, modelLabel: string): Promise<TurnMetadata | null> {
  return asMember(actor.agentId, async (tx) => {
    if (input.kind === "ask" && input.isNew) await createConversation(tx, actor, input.conversationId, input.text);
    const leafId = await lockConversation(tx, actor, input.conversationId);
    const known = await findQuestion(tx, actor, input);
    if (input.kind === "ask" && known) return null;
    if (input.kind === "retry" && !known) throw new AppError("message_not_found");
    await refuseSecondTurn(tx, actor, input.conversationId);

    const turn: TurnMetadata = {
      turnId: newId(),
      conversationId: input.conversationId,
      questionId: input.questionId,
      answerId: newId(),
      modelLabel,
    };
    if (input.kind === "ask") await insertQuestion(tx, actor, input, leafId);
    await insertAnswer(tx, actor, turn);
    return turn;
  });
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

async function findQuestion(tx: Transaction, actor: Actor, input: ChatInput): Promise<boolean> {
  const [found] = await tx
    .select({ conversationId: messages.conversationId, author: messages.author })
    .from(messages)
    .where(and(eq(messages.ownerId, actor.agentId), eq(messages.id, input.questionId)));
  if (!found) return false;
  if (found.conversationId !== input.conversationId || found.author !== "agent")
    throw new AppError("message_not_found");
  return true;
}

async function refuseSecondTurn(tx: Transaction, actor: Actor, conversationId: string): Promise<void> {
  const [running] = await tx
    .select({ id: turns.id })
    .from(turns)
    .where(
      and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, conversationId), eq(turns.status, "running")),
    );
  if (running) throw new AppError("turn_already_running");
}

async function insertQuestion(
  tx: Transaction,
  actor: Actor,
  input: ChatInput & { kind: "ask" },
  parentId: string | null,
): Promise<void> {
  const inserted = await tx
    .insert(messages)
    .values({
      id: input.questionId,
      conversationId: input.conversationId,
      ownerId: actor.agentId,
      parentId,
      author: "agent",
      parts: [{ type: "text", text: input.text }] satisfies MessagePart[],
      text: input.text,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  // The identifier is someone else's message, which this actor cannot see.
  if (inserted.length === 0) throw new AppError("message_not_found");
}

async function insertAnswer(tx: Transaction, actor: Actor, turn: TurnMetadata): Promise<void> {
  const { conversationId, questionId, answerId } = turn;
  const ownerId = actor.agentId;
  await tx.insert(messages).values({
    id: answerId,
    conversationId,
    ownerId,
    parentId: questionId,
    author: "assistant",
    parts: [],
    text: "",
  });
  await tx
    .insert(turns)
    .values({ id: turn.turnId, conversationId, ownerId, questionId, answerId, modelLabel: turn.modelLabel });
  await tx
    .update(conversations)
    .set({ shownLeafId: answerId })
    .where(and(eq(conversations.ownerId, ownerId), eq(conversations.id, conversationId)));
}

/** What an answer holds so far. */
export type AnswerContent = { parts: MessagePart[]; text: string };

/** Saves the answer being written, and says that its process lives. Does nothing once the turn has ended. */
export async function saveProgress(ownerId: string, turn: TurnMetadata, content: AnswerContent | null): Promise<void> {
  await asMember(ownerId, async (tx) => {
    const alive = await tx
      .update(turns)
      .set({ heartbeatAt: sql`now()` })
      .where(and(eq(turns.ownerId, ownerId), eq(turns.id, turn.turnId), eq(turns.status, "running")))
      .returning({ id: turns.id });
    if (content && alive.length === 1) await saveAnswer(tx, ownerId, turn.answerId, content);
  });
}

export type TurnEnd = {
  status: Exclude<TurnStatus, "running">;
  failureCode?: ErrorCode | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
};

/**
 * True for the one caller that ends the turn; the answer is saved with it. False: someone else did, and the answer is
 * left as it is.
 */
export async function endTurn(
  ownerId: string,
  turn: TurnMetadata,
  end: TurnEnd,
  content: AnswerContent,
): Promise<boolean> {
  return asMember(ownerId, async (tx) => {
    const ended = await tx
      .update(turns)
      .set({
        status: end.status,
        failureCode: end.failureCode ?? null,
        inputTokens: end.inputTokens ?? null,
        outputTokens: end.outputTokens ?? null,
        endedAt: sql`now()`,
      })
      .where(and(eq(turns.ownerId, ownerId), eq(turns.id, turn.turnId), eq(turns.status, "running")))
      .returning({ id: turns.id });
    if (ended.length === 0) return false;
    await saveAnswer(tx, ownerId, turn.answerId, content);
    await tx
      .update(conversations)
      .set({ usedAt: sql`now()` })
      .where(and(eq(conversations.ownerId, ownerId), eq(conversations.id, turn.conversationId)));
    return true;
  });
}

async function saveAnswer(tx: Transaction, ownerId: string, answerId: string, content: AnswerContent): Promise<void> {
  await tx
    .update(messages)
    .set({ parts: content.parts, text: content.text })
    .where(and(eq(messages.ownerId, ownerId), eq(messages.id, answerId)));
}

/** Keeps what the messages up to `messageId` said in short. Two processes may find it at once: the first one counts. */
export async function saveSummary(
  ownerId: string,
  conversationId: string,
  { messageId, text }: Summary,
): Promise<void> {
  await asMember(ownerId, (tx) =>
    tx.insert(summaries).values({ messageId, conversationId, ownerId, text }).onConflictDoNothing(),
  );
}
