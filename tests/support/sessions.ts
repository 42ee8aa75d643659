import { encode } from "next-auth/jwt";
import { asGate } from "@/db/client";
import { sessions } from "@/db/schema/agents";
import type { Actor } from "@/lib/auth/actor";
import { SESSION_COOKIE } from "@/lib/auth/cookies";
import { openSession } from "@/lib/auth/mutations";
import type { ProconnectIdentity } from "@/lib/auth/schema";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";

/** What ProConnect says of an invented agent, unlike any other. */
export function anIdentity(fields: Partial<ProconnectIdentity> = {}): ProconnectIdentity {
  const id = newId();
  return {
    idpId: "idp-a",
    sub: `sub-${id}`,
    email: `agent-${id}@ministere.example`,
    givenName: "Camille",
    usualName: "Martin",
    siret: "11000201100044",
    organizationLabel: "Ministère de l’exemple",
    roles: ["agent_public"],
    acr: undefined,
    ...fields,
  };
}

/** Opens a session as sign-in does. */
export async function aSession(identity = anIdentity(), now = new Date()): Promise<string> {
  const opened = await openSession(identity, { idToken: "jeton", device: "Firefox, Linux", replaces: null }, now);
  if (!opened.ok) throw new Error(opened.refusal);
  return opened.sessionId;
}

/** The `Cookie` header of a browser where this actor is signed in. */
export async function aSignedInCookie({ agentId, sessionId }: Actor): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  await asGate((tx) =>
    tx.insert(sessions).values({ id: sessionId, agentId, idToken: "jeton", device: "Firefox, Linux", expiresAt }),
  );
  const token = await encode({ token: { sid: sessionId }, secret: env().AUTH_SECRET, maxAge: 3600 });
  return `${SESSION_COOKIE}=${token}`;
}
