import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { asMember, holdName, type Transaction } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { documents, filePages, files } from "@/db/schema/documents";
import { shares } from "@/db/schema/shares";
import type { Actor } from "@/lib/auth/actor";
import { listBranch } from "@/lib/branches/queries";
import { keptBy } from "@/lib/conversations/queries";
import { isCitedPage, plainText, sourcesIn } from "@/lib/conversations/rules";
import type { CitedSource, MessagePart, StoredMessage } from "@/lib/conversations/schema";
import { listAttached, outcome } from "@/lib/documents/queries";
import { isLetThrough } from "@/lib/documents/rules";
import { AppError } from "@/lib/errors/app-error";
import { indexTurns } from "@/lib/history-index/mutations";
import { newId } from "@/lib/id";
import { refuseTemporary } from "@/lib/temporary/queries";
import { openShare } from "./queries";
import { SHARES_MAX } from "./rules";
import type { NewShare, Share, SharedFile, SharedMessage, SharedSource } from "./schema";

/**
 * Lets any agent who is given the link read a branch as it is now, down to an answer: the last one shown, when none is told.
 * Gives the identifier of the link. Throws `message_not_found`, `conversation_temporary` and `too_many_shares`.
 */
export async function createShare(
  actor: Actor,
  { conversationId, messageId, withDocuments, days }: NewShare,
): Promise<string> {
  const id = randomUUID();
  await asMember(actor.agentId, async (tx) => {
    const [conversation] = await tx
      .select({ title: conversations.title, shownLeafId: conversations.shownLeafId })
      .from(conversations)
      .where(and(keptBy(actor), eq(conversations.id, conversationId)));
    if (!conversation) await refuseTemporary(tx, actor, [conversationId]);
    if (!conversation) throw new AppError("conversation_not_found");
    const lastId = messageId ?? conversation.shownLeafId;
    if (!lastId) throw new AppError("message_not_found");
    const branch = await listBranch(tx, actor, conversationId, lastId);
    const last = branch.at(-1);
    if (last?.author !== "assistant" || last.turn?.status === "running") throw new AppError("message_not_found");
    // Those of one agent are counted one after the other, so that two made at once do not exceed the number together.
    await holdName(tx, `shares:${actor.agentId}`);
    const open = await tx.$count(shares, and(eq(shares.ownerId, actor.agentId), sql`expires_at > now()`));
    if (open >= SHARES_MAX) throw new AppError("too_many_shares", { details: { max: SHARES_MAX } });
    await tx.insert(shares).values({
      id,
      ownerId: actor.agentId,
      conversationId,
      title: conversation.title,
      sharedBy: await getOwnName(tx, actor),
      withDocuments,
      messages: await toShared(tx, actor, { conversationId, branch, withDocuments }),
      expiresAt: sql`now() + make_interval(days => ${days})`,
    });
  });
  return id;
}

/** Closes a link for ever, and forgets what it showed. One that is not the actor's is as well closed. */
export async function revokeShare(actor: Actor, id: string): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx.delete(shares).where(and(eq(shares.ownerId, actor.agentId), eq(shares.id, id))),
  );
}

/** While a conversation is deleted, its links open nothing. */
export async function suspendShares(
  tx: Transaction,
  actor: Actor,
  conversationIds: readonly string[],
  isSuspended: boolean,
): Promise<void> {
  await tx
    .update(shares)
    .set({ isSuspended })
    .where(and(eq(shares.ownerId, actor.agentId), inArray(shares.conversationId, [...conversationIds])));
}

/** A conversation of the actor's own that begins with what a link shows, without its documents. Gives its identifier. */
export async function copyShare(actor: Actor, id: string): Promise<string> {
  const share = await openShare(actor, id);
  const copy = { conversationId: newId(), ownerId: actor.agentId };
  const rows = toRows(share);
  await asMember(actor.agentId, async (tx) => {
    const shownLeafId = rows.at(-1)?.id ?? null;
    const { title } = share;
    await tx
      .insert(conversations)
      .values({ id: copy.conversationId, ownerId: actor.agentId, title, titleSource: "agent", shownLeafId });
    if (rows.length === 0) return;
    await tx.insert(messages).values(rows.map(({ modelLabel: _, ...row }) => ({ ...row, ...copy })));
    const ended = rows.flatMap(({ id: answerId, parentId: questionId, author, modelLabel, createdAt }) =>
      author === "assistant" && questionId
        ? [{ id: newId(), ...copy, questionId, answerId, status: "completed" as const, modelLabel, endedAt: createdAt }]
        : [],
    );
    await tx.insert(turns).values(ended);
    const turnIds = ended.map((turn) => turn.id);
    await indexTurns(tx, actor.agentId, turnIds);
  });
  return copy.conversationId;
}

function toRows({ messages: shared }: Share) {
  let parentId: string | null = null;
  return shared.map(({ author, text, createdAt, modelLabel, sources }) => {
    const parts: MessagePart[] = [{ type: "text", text: withoutMarkersOf(text, sources), isCopied: true }];
    const own = { id: newId(), parentId, author, parts, text: plainText(parts) };
    parentId = own.id;
    return { ...own, createdAt: new Date(createdAt), modelLabel: modelLabel ?? "" };
  });
}

/** What markers stood for stays with the link: in a copy they would point at nothing. */
const withoutMarkersOf = (text: string, sources: readonly SharedSource[]): string =>
  sources.reduce((rest, { number }) => rest.replaceAll(new RegExp(` ?\\[${number}\\]`, "g"), ""), text);

async function getOwnName(tx: Transaction, actor: Actor): Promise<string> {
  const [agent] = await tx
    .select({ givenName: agents.givenName, usualName: agents.usualName })
    .from(agents)
    .where(eq(agents.id, actor.agentId));
  return agent ? `${agent.givenName} ${agent.usualName}` : "";
}

type Branch = { conversationId: string; branch: readonly StoredMessage[]; withDocuments: boolean };

async function toShared(
  tx: Transaction,
  actor: Actor,
  { conversationId, branch, withDocuments }: Branch,
): Promise<SharedMessage[]> {
  const attached = await listAttached(tx, actor, conversationId);
  const cited = branch.flatMap(({ parts }) => sourcesIn(parts));
  const taken = withDocuments
    ? await readFiles(
        tx,
        actor,
        attached.map(({ id }) => id),
      )
    : new Map<string, Taken>();
  const pages = withDocuments ? await readPages(tx, actor, cited) : new Map<string, string>();
  return branch.map(({ id, author, parts, createdAt, turn }) => ({
    id,
    author,
    text: plainText(parts),
    createdAt: createdAt.toISOString(),
    modelLabel: turn?.modelLabel ?? null,
    sources: sourcesIn(parts).map((source) => toSource(source, pages)),
    documents: attached
      .filter(({ messageId }) => messageId === id)
      .map(({ id: documentId, name }): SharedFile => {
        const { fileId = null, sizeBytes = 0 } = taken.get(documentId) ?? {};
        return { id: documentId, name, fileId, sizeBytes };
      }),
  }));
}

function toSource(source: CitedSource, pages: ReadonlyMap<string, string>): SharedSource {
  if (isCitedPage(source)) {
    const { number, title, url, passage, start, end } = source;
    return { number, name: title || url, page: null, url, passage: passage.slice(start, end) };
  }
  const { number, name, page, kind, label, start, end, documentId } = source;
  const text = pages.get(`${documentId} ${page}`);
  return { number, name, page: { page, kind, label }, url: null, passage: text?.slice(start, end) ?? null };
}

type Taken = { fileId: string; sizeBytes: number };

async function readFiles(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<Map<string, Taken>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: documents.id, fileId: files.id, sizeBytes: files.sizeBytes, ...outcome })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .where(and(eq(documents.ownerId, actor.agentId), inArray(documents.id, [...ids]), sql`deleted_at is null`));
  return new Map(rows.filter(isLetThrough).map((row) => [row.id, row]));
}

/** The text of the pages that are cited, by document and number. */
async function readPages(tx: Transaction, actor: Actor, cited: readonly CitedSource[]): Promise<Map<string, string>> {
  const ids = [...new Set(cited.flatMap((source) => (isCitedPage(source) ? [] : [source.documentId])))];
  const numbers = [...new Set(cited.flatMap((source) => (isCitedPage(source) ? [] : [source.page])))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ documentId: documents.id, number: filePages.number, text: filePages.text })
    .from(documents)
    .innerJoin(filePages, eq(filePages.fileId, documents.fileId))
    .where(
      and(
        eq(documents.ownerId, actor.agentId),
        inArray(documents.id, ids),
        inArray(filePages.number, numbers),
        sql`${documents.deletedAt} is null`,
      ),
    );
  return new Map(rows.map(({ documentId, number, text }) => [`${documentId} ${number}`, text]));
}
