import "server-only";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { asGate, asMember, type Transaction } from "@/db/client";
import { agents, identities, identityClaims, sessions } from "@/db/schema/agents";
import { newId } from "@/lib/id";
import type { Actor } from "./actor";
import { openAt } from "./queries";
import { isSameAgent, newSessionExpiry, SESSION_SEEN_EVERY_SECONDS } from "./rules";
import type { ProconnectIdentity } from "./schema";

export type OpenedSession =
  | { ok: true; sessionId: string }
  | { ok: false; refusal: "account_disabled" | "claim_pending" };

type NewSession = {
  idToken: string;
  device: string;
  /** The session this browser had, which the new one replaces. */
  replaces: string | null;
};

/** Recognises the agent or makes their account, and opens a session; or refuses, and leaves no session. */
export function openSession(
  identity: ProconnectIdentity,
  session: NewSession,
  now = new Date(),
): Promise<OpenedSession> {
  return asGate(async (tx) => {
    await lockIdentity(tx, identity);
    const agent = await recognise(tx, identity);
    if (!agent) return { ok: false, refusal: "claim_pending" };
    if (agent.status === "disabled") return { ok: false, refusal: "account_disabled" };

    const { email, givenName, usualName, siret, organizationLabel } = identity;
    await tx
      .update(agents)
      .set({ email, givenName, usualName, siret, organizationLabel, signedInAt: now })
      .where(eq(agents.id, agent.id));
    if (session.replaces)
      await tx
        .update(sessions)
        .set({ revokedAt: now })
        .where(and(eq(sessions.id, session.replaces), isNull(sessions.revokedAt)));
    const sessionId = newId();
    await tx.insert(sessions).values({
      id: sessionId,
      agentId: agent.id,
      idToken: session.idToken,
      device: session.device,
      createdAt: now,
      seenAt: now,
      expiresAt: newSessionExpiry(now),
    });
    return { ok: true, sessionId };
  });
}

/**
 * Two first sign-ins at the same moment, with one identity or one e-mail, come one after the other. Always in this order,
 * so that no two of them wait for each other.
 */
async function lockIdentity(tx: Transaction, { idpId, sub, email }: ProconnectIdentity): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(1, hashtext(${`${idpId} ${sub}`}))`);
  await tx.execute(sql`select pg_advisory_xact_lock(2, hashtext(${email}))`);
}

type KnownAgent = { id: string; status: "active" | "disabled" };
const known = { id: agents.id, status: agents.status };

/** The identity rule (docs/decisions/0002-who-an-agent-is.md). Null: an administrator must decide, and the claim is recorded. */
async function recognise(tx: Transaction, identity: ProconnectIdentity): Promise<KnownAgent | null> {
  const { idpId, sub, email, siret } = identity;
  const [sameIdentity] = await tx
    .select(known)
    .from(identities)
    .innerJoin(agents, eq(agents.id, identities.agentId))
    .where(and(eq(identities.idpId, idpId), eq(identities.sub, sub)));
  if (sameIdentity) return sameIdentity;

  const namesakes = await tx
    .select({ ...known, siret: agents.siret })
    .from(agents)
    .where(eq(sql`lower(${agents.email})`, email))
    .orderBy(agents.createdAt)
    .limit(10);
  const [first] = namesakes;
  if (!first) return createAgent(tx, identity);

  const [same, another] = namesakes.filter((namesake) => isSameAgent(namesake, identity));
  if (same && !another) {
    // A disabled account is not given a new way in.
    if (same.status === "active") await tx.insert(identities).values({ id: newId(), agentId: same.id, idpId, sub });
    return same;
  }
  await tx
    .insert(identityClaims)
    .values({ id: newId(), agentId: first.id, idpId, sub, siret })
    .onConflictDoUpdate({ target: [identityClaims.idpId, identityClaims.sub], set: { agentId: first.id, siret } });
  return null;
}

async function createAgent(tx: Transaction, identity: ProconnectIdentity): Promise<KnownAgent> {
  const { idpId, sub, email, givenName, usualName, siret, organizationLabel } = identity;
  const id = newId();
  await tx.insert(agents).values({ id, email, givenName, usualName, siret, organizationLabel });
  await tx.insert(identities).values({ id: newId(), agentId: id, idpId, sub });
  return { id, status: "active" };
}

/** Writes down that the session is in use, at most once a minute. Never brings an ended one back. */
export async function touchSession(sessionId: string, now = new Date()): Promise<void> {
  const stale = new Date(now.getTime() - SESSION_SEEN_EVERY_SECONDS * 1000 + 1);
  await asGate((tx) =>
    tx
      .update(sessions)
      .set({ seenAt: now })
      .where(and(eq(sessions.id, sessionId), openAt(now), lt(sessions.seenAt, stale))),
  );
}

/** Ends one of the actor's own sessions. False when there is none such, or it has ended already. */
export async function revokeSession(actor: Actor, sessionId: string, now = new Date()): Promise<boolean> {
  const revoked = await asMember(actor.agentId, (tx) =>
    tx
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(eq(sessions.id, sessionId), eq(sessions.agentId, actor.agentId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id }),
  );
  return revoked.length === 1;
}

/**
 * Ends the session of the browser that signs out, and keeps `logoutState` to recognise its return from ProConnect. Gives the
 * ID token once, for ProConnect's own logout; null when there is nothing to end there.
 */
export function endSession(sessionId: string, logoutState: string, now = new Date()): Promise<string | null> {
  return asGate(async (tx) => {
    const [open] = await tx
      .select({ idToken: sessions.idToken })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .for("update");
    if (!open) return null;
    await tx.update(sessions).set({ revokedAt: now, logoutState, idToken: "" }).where(eq(sessions.id, sessionId));
    return open.idToken;
  });
}

/** True once for the return from ProConnect that carries the state of a logout. */
export async function claimLogoutReturn(logoutState: string): Promise<boolean> {
  const claimed = await asGate((tx) =>
    tx
      .update(sessions)
      .set({ logoutState: null })
      .where(eq(sessions.logoutState, logoutState))
      .returning({ id: sessions.id }),
  );
  return claimed.length === 1;
}
