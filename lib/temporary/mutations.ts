import "server-only";
import { and, asc, count, eq, inArray, isNotNull, isNull, lte, ne, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { documents, messageDocuments } from "@/db/schema/documents";
import { purges } from "@/db/schema/erasures";
import { stopTurn } from "@/lib/assistant/stop-turn";
import type { Actor } from "@/lib/auth/actor";
import { keptBy } from "@/lib/conversations/queries";
import { titleFrom } from "@/lib/conversations/rules";
import { sendToRemove, tryToRemove } from "@/lib/documents/remove-bytes";
import { AppError } from "@/lib/errors/app-error";
import { indexTurns } from "@/lib/history-index/mutations";
import { newId } from "@/lib/id";
import { eraseDocuments, lockDocuments } from "@/lib/library/mutations";
import { listEndedConversations, listEndedDocuments } from "./maintenance";
import { listRunningTurnIds, restOfLife, temporaryOf } from "./queries";
import { GRACE_SECONDS } from "./rules";

const over = (column: typeof conversations.expiresAt | typeof documents.expiresAt) => lte(column, sql`now()`);

async function requireKept(tx: Transaction, actor: Actor, id: string): Promise<void> {
  if ((await tx.$count(conversations, and(keptBy(actor), eq(conversations.id, id)))) === 0)
    throw new AppError("conversation_not_found");
}

/** A page shows it: it lives to its end. Throws `conversation_not_found`. */
export async function showTemporary(actor: Actor, id: string): Promise<void> {
  await changeEnd(actor, id, restOfLife);
}

/** A page that showed it was closed: unless it is shown again, it ends in a moment. Throws `conversation_not_found`. */
export async function leaveTemporary(actor: Actor, id: string): Promise<void> {
  await changeEnd(actor, id, sql`least(${conversations.expiresAt}, now() + make_interval(secs => ${GRACE_SECONDS}))`);
}

async function changeEnd(actor: Actor, id: string, expiresAt: SQL): Promise<void> {
  const changed = await asMember(actor.agentId, (tx) =>
    tx
      .update(conversations)
      .set({ expiresAt })
      .where(and(temporaryOf(actor), eq(conversations.id, id)))
      .returning({ id: conversations.id }),
  );
  if (changed.length === 0) throw new AppError("conversation_not_found");
}

/**
 * Makes it one like the others: listed, found again, with the documents that came with it. Throws `turn_already_running` while an
 * answer is being written, and `conversation_not_found`; does nothing to one that is kept already.
 */
export async function keepTemporary(actor: Actor, id: string): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    const isMeant = and(temporaryOf(actor), eq(conversations.id, id));
    const held = await tx.select({ id: conversations.id }).from(conversations).where(isMeant).for("update");
    if (held.length === 0) return requireKept(tx, actor, id);
    // One that ends meanwhile would be in no index: it was temporary when it ended.
    if ((await listRunningTurnIds(tx, actor.agentId, id)).length > 0) throw new AppError("turn_already_running");
    const ofIt = and(eq(messages.ownerId, actor.agentId), eq(messages.conversationId, id));
    const [first] = await tx
      .select({ text: messages.text })
      .from(messages)
      .where(and(ofIt, isNull(messages.parentId)))
      .orderBy(asc(messages.createdAt), asc(messages.id))
      .limit(1);
    await tx
      .update(conversations)
      .set({ expiresAt: null, title: titleFrom(first?.text ?? ""), usedAt: sql`now()` })
      .where(isMeant);
    await tx
      .update(documents)
      .set({ expiresAt: null })
      .where(inArray(documents.id, cameWith(tx, actor.agentId, id)));
    const ended = await tx
      .select({ id: turns.id })
      .from(turns)
      .where(and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, id)));
    await indexTurns(
      tx,
      actor.agentId,
      ended.map((turn) => turn.id),
    );
  });
}

/** Removes it at once and for good, with the documents that nothing else uses. Throws `conversation_not_found`. */
export async function closeTemporary(actor: Actor, id: string): Promise<void> {
  if (!(await remove(actor.agentId, id, isNotNull(conversations.expiresAt))))
    throw new AppError("conversation_not_found");
}

/** Removes what has ended, in batches. One that is shown again meanwhile stays. Gives how many conversations went. */
export async function purgeTemporary(): Promise<number> {
  let gone = 0;
  for (const { ownerId, id } of await listEndedConversations())
    gone += (await remove(ownerId, id, over(conversations.expiresAt))) ? 1 : 0;
  for (const { ownerId, id } of await listEndedDocuments()) await removeDocument(ownerId, id);
  return gone;
}

/** What the documents that came with its questions are, by their identifiers. */
const cameWith = (tx: Transaction, ownerId: string, conversationId: string) =>
  tx
    .select({ id: messageDocuments.documentId })
    .from(messageDocuments)
    .where(and(eq(messageDocuments.ownerId, ownerId), eq(messageDocuments.conversationId, conversationId)));

async function remove(ownerId: string, id: string, isMeant: SQL): Promise<boolean> {
  const isIt = and(eq(conversations.ownerId, ownerId), eq(conversations.id, id), isMeant);
  const running = await erasing(ownerId, {
    find: (tx) => findOwnDocuments(tx, ownerId, id),
    erase: async (tx, documentIds) => {
      const held = await tx.select({ id: conversations.id }).from(conversations).where(isIt).for("update");
      if (held.length === 0) return null;
      const turnIds = await listRunningTurnIds(tx, ownerId, id);
      const [written] = await tx
        .select({ n: count() })
        .from(messages)
        .where(and(eq(messages.ownerId, ownerId), eq(messages.conversationId, id)));
      await tx.delete(conversations).where(isIt);
      const unused = await eraseDocuments(tx, ownerId, documentIds);
      await tx.insert(purges).values({
        id: newId(),
        kind: "temporary",
        conversations: 1,
        messages: written?.n ?? 0,
        documents: documentIds.length,
        files: unused.length,
      });
      return { unused, done: turnIds };
    },
  });
  // Once it is gone: the next question of its queue cannot begin, and what still comes has nowhere to be written.
  for (const turnId of running ?? []) await stopTurn(turnId);
  return running !== null;
}

/** One that was sent and never came with a question. */
async function removeDocument(ownerId: string, id: string): Promise<void> {
  const isIt = and(eq(documents.ownerId, ownerId), eq(documents.id, id), over(documents.expiresAt));
  await erasing(ownerId, {
    find: (tx) => tx.select({ id: documents.id, fileId: documents.fileId }).from(documents).where(isIt),
    erase: async (tx, documentIds) => {
      const attached = await tx.$count(messageDocuments, eq(messageDocuments.documentId, id));
      if (attached > 0 || documentIds.length === 0) return null;
      const unused = await eraseDocuments(tx, ownerId, documentIds);
      await tx.insert(purges).values({ id: newId(), kind: "temporary", documents: 1, files: unused.length });
      return { unused, done: true };
    },
  });
}

type Found = { id: string; fileId: string | null };

type Erasing<Done> = {
  /** The documents to remove. */
  find: (tx: Transaction) => PromiseLike<Found[]>;
  /** Null when there is nothing to remove after all. */
  erase: (tx: Transaction, documentIds: string[]) => Promise<{ unused: string[]; done: Done } | null>;
};

/** Once their rows are gone nothing but the job knows of the bytes of documents: it is sent first. */
async function erasing<Done>(ownerId: string, { find, erase }: Erasing<Done>): Promise<Done | null> {
  const before = await asMember(ownerId, find);
  for (const { fileId } of before) if (fileId) await sendToRemove(ownerId, fileId);
  const erased = await asMember(ownerId, async (tx) => {
    await lockDocuments(tx, ownerId);
    return erase(
      tx,
      (await find(tx)).map(({ id }) => id),
    );
  });
  for (const fileId of erased?.unused ?? []) await tryToRemove(fileId);
  return erased ? erased.done : null;
}

/** Sent for it, and come with no question of another conversation. */
function findOwnDocuments(tx: Transaction, ownerId: string, conversationId: string): PromiseLike<Found[]> {
  const elsewhere = tx
    .select({ id: messageDocuments.documentId })
    .from(messageDocuments)
    .where(and(eq(messageDocuments.ownerId, ownerId), ne(messageDocuments.conversationId, conversationId)));
  return tx
    .select({ id: documents.id, fileId: documents.fileId })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ownerId),
        isNotNull(documents.expiresAt),
        inArray(documents.id, cameWith(tx, ownerId, conversationId)),
        sql`${documents.id} not in ${elsewhere}`,
      ),
    );
}
