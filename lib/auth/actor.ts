import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { PATH_HEADER, SESSION_COOKIE } from "./cookies";
import { touchSession } from "./mutations";
import { findActiveRole, findSession } from "./queries";
import { isActivityDue, type SessionLeft, sessionLeft, signInPath } from "./rules";
import type { AgentRole } from "./schema";
import { readSessionCookie } from "./session-cookie";

declare const proven: unique symbol;

/** Who is asking. Only `lib/auth` (and `tests/support`) may create one. */
export type Actor = {
  readonly agentId: string;
  readonly sessionId: string;
  readonly role: AgentRole;
  readonly [proven]: true;
};

const sessionCookie = async () => (await cookies()).get(SESSION_COOKIE)?.value;

/** The session named by the cookie of this request, in force or not. */
export const findCookieSession = async () => readSessionCookie(await sessionCookie(), env().AUTH_SECRET);

/** The actor of this request, read from the database each time: disabling an account or ending a session shows at once. */
export const findActor = cache(async (): Promise<Actor | null> => {
  const session = await findOwnSession();
  if (session && isActivityDue(session.seenAt, new Date())) await touchSession(session.sessionId);
  return session && toActor(session);
});

const findOwnSession = async () => {
  const sessionId = await findCookieSession();
  return sessionId ? findSession(sessionId) : null;
};

const toActor = ({ agentId, sessionId, role }: Pick<Actor, "agentId" | "sessionId" | "role">) =>
  ({ agentId, sessionId, role }) as Actor;

/** For pages: a visitor is sent to the sign-in page, and comes back. */
export async function actorOrSignIn(): Promise<Actor> {
  const actor = await findActor();
  if (actor) return actor;
  const path = (await headers()).get(PATH_HEADER) ?? undefined;
  redirect(signInPath({ path, refusal: (await sessionCookie()) ? "session_ended" : undefined }));
}

/** For route handlers and server actions: a visitor is refused. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor();
  if (!actor) throw new AppError("not_signed_in");
  return actor;
}

/** As `requireActor`, for what a page says by itself: it does not count as activity. */
export async function requireIdleActor(): Promise<Actor> {
  const session = await findOwnSession();
  if (!session) throw new AppError("not_signed_in");
  return toActor(session);
}

/** What is left of the session, without counting as activity. */
export async function findSessionLeft(): Promise<SessionLeft | null> {
  const session = await findOwnSession();
  return session && sessionLeft(session, new Date());
}

/** For jobs: the agent who asked for one, without a session. Null when the account is gone or disabled meanwhile. */
export async function findActorOfJob(agentId: string): Promise<Actor | null> {
  const role = await findActiveRole(agentId);
  return role && ({ agentId, sessionId: "", role } as Actor);
}
