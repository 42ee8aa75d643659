import "server-only";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { asGate, asMember } from "@/db/client";
import { agents, sessions } from "@/db/schema/agents";
import type { Actor } from "./actor";
import { idleSince } from "./rules";
import type { OpenSession } from "./schema";

const OPEN_SESSIONS_SHOWN_MAX = 50;

export const openAt = (now: Date) =>
  and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now), gt(sessions.seenAt, idleSince(now)));

/** The session and its agent, when both are in force at `now`. Knows no actor: it is what proves one. */
export async function findSession(sessionId: string, now = new Date()) {
  const [found] = await asGate((tx) =>
    tx
      .select({
        sessionId: sessions.id,
        agentId: agents.id,
        role: agents.role,
        seenAt: sessions.seenAt,
        expiresAt: sessions.expiresAt,
      })
      .from(sessions)
      .innerJoin(agents, eq(agents.id, sessions.agentId))
      .where(and(eq(sessions.id, sessionId), openAt(now), eq(agents.status, "active"))),
  );
  return found ?? null;
}

export async function listOpenSessions(actor: Actor, now = new Date()): Promise<OpenSession[]> {
  const open = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        id: sessions.id,
        device: sessions.device,
        createdAt: sessions.createdAt,
        seenAt: sessions.seenAt,
      })
      .from(sessions)
      .where(and(eq(sessions.agentId, actor.agentId), openAt(now)))
      .orderBy(desc(sessions.seenAt))
      .limit(OPEN_SESSIONS_SHOWN_MAX),
  );
  return open.map((session) => ({ ...session, isCurrent: session.id === actor.sessionId }));
}

/** The role of an account that may still be used; null when there is none, or when it was disabled. */
export async function findActiveRole(agentId: string): Promise<Actor["role"] | null> {
  const [found] = await asGate((tx) =>
    tx
      .select({ role: agents.role })
      .from(agents)
      .where(and(eq(agents.id, agentId), eq(agents.status, "active"))),
  );
  return found?.role ?? null;
}
