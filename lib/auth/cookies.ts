import type { CookiesOptions } from "next-auth";

/** `__Host-` also on http://localhost: browsers hold it to be secure. */
const named = (name: string, maxAge?: number) => ({
  name: `__Host-assistant.${name}`,
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: true, ...(maxAge ? { maxAge } : {}) },
});

const SIGN_IN_SECONDS = 15 * 60;

/** Which receipt the return from ProConnect shows, once an account was deleted. */
const RECEIPT_MINUTES = 60;
const receipt = named("recu", RECEIPT_MINUTES * 60);
export const RECEIPT_COOKIE = receipt.name;
export const withReceipt = (number: string) =>
  `${receipt.name}=${number}; Path=/; Max-Age=${RECEIPT_MINUTES * 60}; HttpOnly; Secure; SameSite=Lax`;

export const SESSION_COOKIE = named("session").name;
export const RETURN_COOKIE = named("retour").name;

export const authCookies = {
  sessionToken: named("session"),
  callbackUrl: named("retour"),
  csrfToken: named("csrf"),
  state: named("state", SIGN_IN_SECONDS),
  nonce: named("nonce", SIGN_IN_SECONDS),
  pkceCodeVerifier: named("pkce", SIGN_IN_SECONDS),
} satisfies Partial<CookiesOptions>;

/** What a sign-in under way left in the browser. */
export const SIGN_IN_COOKIES = [authCookies.state, authCookies.nonce, authCookies.pkceCodeVerifier];

/** The `Set-Cookie` line that removes a cookie. */
export const removed = ({ name }: { name: string }) => `${name}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`;

/** The path of the page being asked, as `middleware.ts` writes it for the gates; only ever used to come back to it. */
export const PATH_HEADER = "x-assistant-path";
