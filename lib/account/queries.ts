import "server-only";
import { and, eq } from "drizzle-orm";
import { asGate, asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { turns } from "@/db/schema/conversations";
import { accountErasures } from "@/db/schema/erasures";
import type { Actor } from "@/lib/auth/actor";
import type { Receipt } from "./schema";

export async function getEmail(actor: Actor): Promise<string> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx.select({ email: agents.email }).from(agents).where(eq(agents.id, actor.agentId)),
  );
  return found?.email ?? "";
}

/** The receipt of a deleted account: whoever has its number may read it, for it says nothing of anyone. */
export async function findReceipt(number: string): Promise<Receipt | null> {
  const { id, requestedAt, finishedAt, conversations, messages, documents, files } = accountErasures;
  const [found] = await asGate((tx) =>
    tx
      .select({ number: id, requestedAt, finishedAt, conversations, messages, documents, files })
      .from(accountErasures)
      .where(eq(id, number)),
  );
  return found ?? null;
}

/** The turns that run for an agent, whatever their conversation. */
export async function listRunningTurnIds(ownerId: string): Promise<string[]> {
  const rows = await asMember(ownerId, (tx) =>
    tx
      .select({ id: turns.id })
      .from(turns)
      .where(and(eq(turns.ownerId, ownerId), eq(turns.status, "running"))),
  );
  return rows.map(({ id }) => id);
}
