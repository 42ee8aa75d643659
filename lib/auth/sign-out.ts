import "server-only";
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { receiptPath } from "@/lib/account/rules";
import { receiptNumber } from "@/lib/account/schema";
import { env } from "@/lib/env";
import { findCookieSession } from "./actor";
import { authCookies, RECEIPT_COOKIE, removed, withReceipt } from "./cookies";
import { claimLogoutReturn, endSession } from "./mutations";
import { findEndSessionUrl } from "./proconnect";

const SIGNED_OUT = "/accueil?deconnexion=1";

/** Ends the session here, and answers where the browser must go to end it at ProConnect too. */
export async function signOut(): Promise<Response> {
  const state = randomBytes(32).toString("base64url");
  const sessionId = await findCookieSession();
  const idToken = sessionId ? await endSession(sessionId, state) : null;
  const url = idToken ? await findEndSessionUrl(env(), { idToken, state }) : null;

  const headers = new Headers({
    "cache-control": "no-store",
    // Not "storage": drafts are kept there by agent, and erased by an act of its own.
    "clear-site-data": '"cache", "cookies"',
  });
  for (const cookie of Object.values(authCookies)) headers.append("set-cookie", removed(cookie));
  return Response.json({ url: url ?? SIGNED_OUT }, { headers });
}

/**
 * The same for an account that is no more, whose sessions are gone: the receipt `number` is shown on the return from ProConnect,
 * or at once when there is nothing to end there.
 */
export async function signOutForGood(idToken: string | null, number: string): Promise<Response> {
  const state = randomBytes(32).toString("base64url");
  const url = idToken ? await findEndSessionUrl(env(), { idToken, state }) : null;
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of Object.values(authCookies)) headers.append("set-cookie", removed(cookie));
  headers.append("set-cookie", withReceipt(number));
  return Response.json({ url: url ?? receiptPath(number) }, { headers });
}

/** The return from ProConnect after a sign-out, or after the deletion of an account. Nothing is said to a visitor who comes with another state. */
export async function returnFromSignOut(state: string | null): Promise<string> {
  const number = receiptNumber.safeParse((await cookies()).get(RECEIPT_COOKIE)?.value).data;
  if (number) return receiptPath(number);
  const isOurs = state !== null && state !== "" && (await claimLogoutReturn(state));
  return isOurs ? SIGNED_OUT : "/accueil";
}
