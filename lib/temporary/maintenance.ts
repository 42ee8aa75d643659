import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { conversations, turns } from "@/db/schema/conversations";
import { documents, messageDocuments } from "@/db/schema/documents";

/** Each sweep does one batch: what is left waits for the next. */
const AT_ONCE = 50;

/** Whose, and which; the first to end first. */
export type Ended = { id: string; ownerId: string };

export const listEndedConversations = (): Promise<Ended[]> =>
  asMaintenance((tx) =>
    tx
      .selectDistinct({ id: conversations.id, ownerId: turns.ownerId, expiresAt: conversations.expiresAt })
      .from(conversations)
      // It was opened with one.
      .innerJoin(turns, eq(turns.conversationId, conversations.id))
      .where(sql`${conversations.expiresAt} <= now()`)
      .orderBy(asc(conversations.expiresAt))
      .limit(AT_ONCE),
  );

/** Those that came with no question: the others go with their conversation. */
export const listEndedDocuments = (): Promise<Ended[]> =>
  asMaintenance((tx) =>
    tx
      .select({ id: documents.id, ownerId: documents.ownerId })
      .from(documents)
      .where(
        sql`${documents.expiresAt} <= now() and not exists (
          select from ${messageDocuments} where ${messageDocuments.documentId} = ${documents.id})`,
      )
      .orderBy(asc(documents.expiresAt))
      .limit(AT_ONCE),
  );
