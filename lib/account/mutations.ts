import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { and, asc, count, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { asGate, asMember, type Transaction } from "@/db/client";
import { agents, identities, identityClaims, sessions } from "@/db/schema/agents";
import { conversations, messages } from "@/db/schema/conversations";
import { documents, files } from "@/db/schema/documents";
import { accountErasures } from "@/db/schema/erasures";
import { transfers } from "@/db/schema/transfers";
import { stopTurn } from "@/lib/assistant/stop-turn";
import type { Actor } from "@/lib/auth/actor";
import { sendToRemove, tryToRemove } from "@/lib/documents/remove-bytes";
import { newId } from "@/lib/id";
import { lockDocuments } from "@/lib/library/mutations";
import { finishErasure, listUnfinishedErasures } from "./maintenance";
import { listRunningTurnIds } from "./queries";

const CONVERSATIONS_AT_ONCE = 100;
const FILES_AT_ONCE = 20;
const STOPPING_MS = 5_000;

/**
 * From then on nobody is that agent: no session, no identity, no name. A new sign-in makes a new account. Gives the number of the
 * receipt, and the ID token of this session, for ProConnect's own logout. What is left is removed by `eraseAccount`.
 */
export function requestErasure(actor: Actor): Promise<{ number: string; idToken: string | null }> {
  const { agentId } = actor;
  return asGate(async (tx) => {
    const number = newId();
    const [asked] = await tx
      .insert(accountErasures)
      .values({ id: number, agentId })
      .onConflictDoNothing({ target: accountErasures.agentId })
      .returning({ number: accountErasures.id });
    const [open] = await tx
      .select({ idToken: sessions.idToken })
      .from(sessions)
      .where(and(eq(sessions.agentId, agentId), eq(sessions.id, actor.sessionId)));
    await tx.delete(sessions).where(eq(sessions.agentId, agentId));
    await tx.delete(identities).where(eq(identities.agentId, agentId));
    await tx.delete(identityClaims).where(eq(identityClaims.agentId, agentId));
    await tx
      .update(agents)
      .set({ status: "disabled", email: "", givenName: "", usualName: "", siret: null, organizationLabel: null })
      .where(eq(agents.id, agentId));
    return { number: asked?.number ?? (await getAsked(tx, agentId)), idToken: open?.idToken || null };
  });
}

/** Another tab asked first. */
async function getAsked(tx: Transaction, agentId: string): Promise<string> {
  const [asked] = await tx
    .select({ number: accountErasures.id })
    .from(accountErasures)
    .where(eq(accountErasures.agentId, agentId));
  if (!asked) throw new Error("the erasure that was asked for is gone");
  return asked.number;
}

/**
 * Removes all that an agent who asked for it left, in small batches. Each counts what it removed in the transaction that removes
 * it, so that it can be taken up where a process that died left it, or be done by two at once.
 */
export async function eraseAccount(ownerId: string, number: string): Promise<void> {
  if (!(await asMember(ownerId, (tx) => hold(tx, number)))) return; // nobody asked, or it is finished
  await stopTurns(ownerId);
  while ((await eraseConversations(ownerId, number)) > 0);
  while ((await eraseFiles(ownerId, number)) > 0);
  while ((await eraseTransfers(ownerId, number)) > 0);
  await finishErasure(ownerId, number);
}

/** Takes up what a process that died left. */
export async function resumeErasures(): Promise<void> {
  for (const { agentId, number } of await listUnfinishedErasures()) await eraseAccount(agentId, number);
}

/** They are asked to stop, and given a moment: one that does not has nowhere to write any more. */
async function stopTurns(ownerId: string): Promise<void> {
  for (const end = Date.now() + STOPPING_MS; Date.now() < end; await wait(100)) {
    const running = await listRunningTurnIds(ownerId);
    if (running.length === 0) return;
    for (const turnId of running) await stopTurn(turnId);
  }
}

async function eraseConversations(ownerId: string, number: string): Promise<number> {
  return asMember(ownerId, async (tx) => {
    if (!(await hold(tx, number))) return 0;
    const batch = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.ownerId, ownerId))
      .limit(CONVERSATIONS_AT_ONCE);
    if (batch.length === 0) return 0;
    const isOfBatch = inArray(
      conversations.id,
      batch.map(({ id }) => id),
    );
    const isMine = and(eq(conversations.ownerId, ownerId), isOfBatch);
    const [written] = await tx
      .select({ n: count() })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(and(eq(messages.ownerId, ownerId), isMine));
    // Only what is in the trash, or temporary, may be removed.
    await tx
      .update(conversations)
      .set({ deletedAt: sql`now()` })
      .where(and(isMine, isNull(conversations.deletedAt), isNull(conversations.expiresAt)));
    await tx.delete(conversations).where(isMine);
    await add(tx, number, { conversations: batch.length, messages: written?.n ?? 0 });
    return batch.length;
  });
}

/** Once its row is gone nothing but the job knows of a file's bytes: it is sent first. */
async function eraseFiles(ownerId: string, number: string): Promise<number> {
  const batch = await asMember(ownerId, async (tx) => {
    await lockDocuments(tx, ownerId); // what is being received is seen, or will be refused
    return tx
      .select({ id: files.id })
      .from(files)
      .where(eq(files.ownerId, ownerId))
      .orderBy(asc(files.id))
      .limit(FILES_AT_ONCE);
  });
  for (const { id } of batch) await sendToRemove(ownerId, id);
  const ids = batch.map(({ id }) => id);
  const removed = await asMember(ownerId, async (tx) => {
    if (!(await hold(tx, number))) return 0;
    const isTheirs = ids.length > 0 ? inArray(documents.fileId, ids) : isNull(documents.fileId);
    const named = await tx
      .delete(documents)
      .where(and(eq(documents.ownerId, ownerId), isTheirs))
      .returning({ id: documents.id });
    const gone =
      ids.length > 0
        ? await tx
            .delete(files)
            .where(and(eq(files.ownerId, ownerId), inArray(files.id, ids)))
            .returning({ id: files.id })
        : [];
    await add(tx, number, { documents: named.length, files: gone.length });
    return named.length + gone.length;
  });
  for (const id of ids) await tryToRemove(id);
  return removed;
}

/** What was taken away or brought back less than a day ago, with its bytes. */
async function eraseTransfers(ownerId: string, number: string): Promise<number> {
  const isTheirs = eq(transfers.ownerId, ownerId);
  const batch = await asMember(ownerId, (tx) =>
    tx.select({ id: transfers.id }).from(transfers).where(isTheirs).orderBy(asc(transfers.id)).limit(FILES_AT_ONCE),
  );
  const ids = batch.map(({ id }) => id);
  for (const id of ids) await sendToRemove(ownerId, id);
  await asMember(ownerId, async (tx) => {
    if (await hold(tx, number)) await tx.delete(transfers).where(and(isTheirs, inArray(transfers.id, ids)));
  });
  for (const id of ids) await tryToRemove(id);
  return ids.length;
}

/** Two that erase the same account do it one after the other. False when its own agent asked for nothing of the kind. */
async function hold(tx: Transaction, number: string): Promise<boolean> {
  const held = await tx
    .select({ id: accountErasures.id })
    .from(accountErasures)
    .where(eq(accountErasures.id, number))
    .for("update");
  return held.length === 1;
}

type Counts = Partial<Record<"conversations" | "messages" | "documents" | "files", number>>;

async function add(tx: Transaction, number: string, counts: Counts): Promise<void> {
  const sums: Partial<Record<keyof Counts, SQL>> = {};
  for (const [name, n] of Object.entries(counts) as [keyof Counts, number][])
    sums[name] = sql`${accountErasures[name]} + ${n}`;
  await tx.update(accountErasures).set(sums).where(eq(accountErasures.id, number));
}
