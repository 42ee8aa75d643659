import { eq } from "drizzle-orm";
import { asMember } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { openTurn } from "@/lib/assistant/mutations";
import type { ChatInput } from "@/lib/assistant/schema";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { deleteConversations, restoreConversations } from "@/lib/conversations/mutations";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { endTurn } from "@/lib/turns/mutations";
import { aQuestion } from "./turns";

/** Opens a turn with the model of the tests; refuses one that was known or queued. */
export async function anOpenedTurn(actor: Actor, input: ChatInput): Promise<TurnMetadata> {
  const opening = await openTurn(actor, input, aModel);
  if (opening.kind !== "opened") throw new Error(`the turn was not opened: ${opening.kind}`);
  const { turnId, conversationId, questionId, answerId, modelLabel } = opening.turn;
  return { turnId, conversationId, questionId, answerId, modelLabel };
}

export const aModel = () => ({ modelId: "essai", modelLabel: "Modèle d’essai" });

/** A conversation whose first turn is running: its question is saved, its answer empty. */
export function aRunningTurn(actor: Actor, text = "Une question"): Promise<TurnMetadata> {
  return anOpenedTurn(actor, aQuestion(text));
}

/** Its exchanges are numbered from 1: « Question 1 », « Réponse 1 »… Written in one statement, whatever their number. */
export async function aLongConversation(
  actor: Actor,
  exchanges: number,
  answer: (n: number) => string = (n) => `Réponse ${n}`,
): Promise<{ conversationId: string; messageIds: string[] }> {
  const conversationId = newId();
  const rows = Array.from({ length: exchanges * 2 }, (_, index) => {
    const n = Math.floor(index / 2) + 1;
    const text = index % 2 === 0 ? `Question ${n}` : answer(n);
    return { id: newId(), text, author: index % 2 === 0 ? ("agent" as const) : ("assistant" as const) };
  });
  const owner = { conversationId, ownerId: actor.agentId };
  await asMember(actor.agentId, async (tx) => {
    await tx.insert(conversations).values({ id: conversationId, ownerId: actor.agentId, title: "Longue conversation" });
    await tx.insert(messages).values(
      rows.map(({ text, ...row }, index) => ({
        ...row,
        ...owner,
        parentId: rows[index - 1]?.id ?? null,
        parts: [{ type: "text", text }],
        text,
      })),
    );
    await tx.insert(turns).values(
      rows.flatMap(({ id, author }, index) => {
        const question = rows[index - 1];
        if (author === "agent" || !question) return [];
        const ended = { status: "completed" as const, endedAt: new Date(), modelLabel: "Modèle d’essai" };
        return [{ id: newId(), ...owner, questionId: question.id, answerId: id, ...ended }];
      }),
    );
    const leaf = rows.at(-1)?.id ?? null;
    await tx.update(conversations).set({ shownLeafId: leaf }).where(eq(conversations.id, conversationId));
  });
  return { conversationId, messageIds: rows.map(({ id }) => id) };
}

/** A conversation with one question and its complete answer. */
export async function aConversation(
  actor: Actor,
  { question = "Une question", answer = "Une réponse" } = {},
): Promise<TurnMetadata> {
  const turn = await aRunningTurn(actor, question);
  await endTurn(
    actor.agentId,
    turn,
    { status: "completed" },
    { parts: [{ type: "text", text: answer }], text: answer },
  );
  return turn;
}

/** Puts one in the trash. Throws `conversation_not_found` when it was not there to be put. */
export async function deleteConversation(actor: Actor, id: string): Promise<void> {
  requireOne(await deleteConversations(actor, [id]));
}

/** Takes one out of the trash. Throws `conversation_not_found` when it is no longer there. */
export async function restoreConversation(actor: Actor, id: string): Promise<void> {
  requireOne(await restoreConversations(actor, [id]));
}

function requireOne(changed: readonly string[]): void {
  if (changed.length !== 1) throw new AppError("conversation_not_found");
}
