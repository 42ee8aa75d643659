import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { documents, messageDocuments } from "@/db/schema/documents";
import { messageParts } from "@/lib/conversations/schema";
import { answerEntry, questionEntry, SEARCH_VERSION, type SearchEntry, titleEntry } from "./rules";

/**
 * Writes what is searched, for the transaction's actor: in the transaction that changes what it is made of. A title that is there
 * stays, unless `replacesTitles`: whoever ends a turn read it before someone may have changed it.
 */
export async function writeEntries(
  tx: Transaction,
  entries: readonly SearchEntry[],
  { replacesTitles = false } = {},
): Promise<void> {
  await tx.execute(sql`select write_search_entries(${JSON.stringify(entries)}::jsonb, ${replacesTitles})`);
}

/** Writes the new title of a conversation, which this transaction changed. */
export const writeTitle = (tx: Transaction, conversationId: string, title: string): Promise<void> =>
  writeEntries(tx, [titleEntry(conversationId, title)], { replacesTitles: true });

/** Indexes turns that have ended, with the titles of their conversations, from what is stored; those of temporary ones stay out. */
export async function indexTurns(tx: Transaction, ownerId: string, turnIds: readonly string[]): Promise<void> {
  if (turnIds.length === 0) return;
  const ofTurns = and(eq(turns.ownerId, ownerId), inArray(turns.id, [...turnIds]));
  const ended = await tx
    .select({ conversationId: turns.conversationId, questionId: turns.questionId, answerId: turns.answerId })
    .from(turns)
    .where(ofTurns);
  const conversationIds = ended.map(({ conversationId }) => conversationId);
  if (ended.length === 0) return;
  // Held until the entries are written: nobody gives another title meanwhile.
  const found = await tx
    .select({ id: conversations.id, title: conversations.title, expiresAt: conversations.expiresAt })
    .from(conversations)
    .where(and(eq(conversations.ownerId, ownerId), inArray(conversations.id, conversationIds)))
    .orderBy(asc(conversations.id))
    .for("no key update");
  const titles = found.filter(({ expiresAt }) => expiresAt === null);
  const messageIds = ended
    .filter(({ conversationId }) => titles.some(({ id }) => id === conversationId))
    .flatMap(({ questionId, answerId }) => [questionId, answerId]);
  const written = await tx
    .select({ id: messages.id, author: messages.author, parts: messages.parts, text: messages.text })
    .from(messages)
    .where(and(eq(messages.ownerId, ownerId), inArray(messages.id, messageIds)));
  const named = await tx
    .select({ messageId: messageDocuments.messageId, name: documents.name })
    .from(messageDocuments)
    .innerJoin(documents, eq(documents.id, messageDocuments.documentId))
    .where(and(eq(messageDocuments.ownerId, ownerId), inArray(messageDocuments.messageId, messageIds)))
    .orderBy(asc(messageDocuments.position));
  const namesOf = (id: string) => named.flatMap(({ messageId, name }) => (messageId === id ? name : []));
  const entries = [
    ...titles.map(({ id, title }) => titleEntry(id, title)),
    ...written.map(({ id, author, parts, text }) =>
      author === "agent" ? questionEntry(id, text, namesOf(id)) : answerEntry(id, messageParts.parse(parts)),
    ),
  ];
  await writeEntries(tx, entries, { replacesTitles: true });
  await markIndexed(tx, ownerId, turnIds);
}

export async function markIndexed(tx: Transaction, ownerId: string, turnIds: readonly string[]): Promise<void> {
  await tx
    .update(turns)
    .set({ searchVersion: SEARCH_VERSION })
    .where(and(eq(turns.ownerId, ownerId), inArray(turns.id, [...turnIds])));
}
