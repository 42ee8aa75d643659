import "server-only";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import { shares } from "@/db/schema/shares";
import type { Actor } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { SHARES_MAX } from "./rules";
import { type Share, type SharedFile, type ShareSummary, sharedMessages } from "./schema";

const summary = {
  id: shares.id,
  title: shares.title,
  withDocuments: shares.withDocuments,
  createdAt: shares.createdAt,
  expiresAt: shares.expiresAt,
};

/** The links that the actor gave and that still open, the latest first. */
export function listShares(actor: Actor): Promise<ShareSummary[]> {
  return asMember(actor.agentId, (tx) =>
    tx
      .select(summary)
      .from(shares)
      .where(and(eq(shares.ownerId, actor.agentId), eq(shares.isSuspended, false), gt(shares.expiresAt, sql`now()`)))
      .orderBy(desc(shares.createdAt), desc(shares.id))
      .limit(SHARES_MAX),
  );
}

/** What a link shows to any agent who has it. Throws `share_not_found`, whether it never was, has expired or was revoked. */
export async function openShare(actor: Actor, id: string): Promise<Share> {
  if (!env().SHARING) throw new AppError("share_not_found");
  const [found] = await asMember(actor.agentId, async (tx) => {
    await tx.execute(sql`select set_config('app.share', ${id}, true)`);
    return tx
      .select({ ...summary, ownerId: shares.ownerId, sharedBy: shares.sharedBy, messages: shares.messages })
      .from(shares)
      .where(and(eq(shares.id, id), eq(shares.isSuspended, false), gt(shares.expiresAt, sql`now()`)));
  });
  if (!found) throw new AppError("share_not_found");
  const { ownerId, messages, ...share } = found;
  return { ...share, isMine: ownerId === actor.agentId, messages: sharedMessages.parse(messages) };
}

/** A document that came with what a link shows. Throws `share_not_found`. */
export async function getSharedFile(
  actor: Actor,
  { id, documentId }: { id: string; documentId: string },
): Promise<SharedFile & { fileId: string }> {
  const { messages } = await openShare(actor, id);
  const file = messages.flatMap(({ documents }) => documents).find((one) => one.id === documentId);
  if (!file?.fileId) throw new AppError("share_not_found");
  return { ...file, fileId: file.fileId };
}
