import "server-only";
import { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { type AppSettings, env } from "@/lib/env";
import { readText } from "@/lib/http/parse";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { reportFailure } from "@/lib/telemetry/report";
import { admit } from "./admit";
import { authCookies, RETURN_COOKIE, removed, SESSION_COOKIE, SIGN_IN_COOKIES } from "./cookies";
import { proconnect } from "./proconnect";
import { SESSION_HOURS_MAX, type SignInRefusal, safeReturnPath, signInPath, toDevice } from "./rules";
import { readSessionCookie } from "./session-cookie";
import { authLogger, refusalFromProconnect, watchFailures } from "./sign-in-failure";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}

declare module "next-auth/adapters" {
  interface AdapterUser {
    sessionId?: string;
  }
}

declare module "next-auth/jwt" {
  /** The session cookie holds this and nothing else. */
  interface JWT {
    sid?: string | undefined;
  }
}

type Browser = { device: string; sessionId: string | null };

function authOptions(settings: AppSettings, browser: Browser): NextAuthOptions {
  return {
    providers: [proconnect(settings)],
    secret: settings.AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_HOURS_MAX * 60 * 60 },
    useSecureCookies: true,
    cookies: authCookies,
    pages: { signIn: "/connexion", error: "/connexion" },
    logger: authLogger,
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        const admitted = await admit(settings, {
          claims: profile,
          idToken: account?.id_token,
          device: browser.device,
          replaces: browser.sessionId,
        });
        if (!admitted.ok) return signInPath({ refusal: admitted.refusal });
        user.sessionId = admitted.sessionId;
        return true;
      },
      jwt: ({ token, user }) => ({ sid: user?.sessionId ?? token.sid }),
      redirect: ({ url, baseUrl }) =>
        `${baseUrl}${safeReturnPath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url)}`,
    },
  };
}

/** What of next-auth is served. Its own session, sign-out and log endpoints are not: ours replace them. */
const SERVED = ["GET csrf", "GET callback", "POST signin"];

/** Serves `/api/auth/*`: next-auth, with each failure turned into a page that says what to do. */
export async function serveAuth(incoming: Request, nextauth: string[], settings = env()): Promise<Response> {
  const request = await copyOf(incoming);
  const [action = ""] = nextauth;
  if (!SERVED.includes(`${request.method} ${action}`)) return new Response(null, { status: 404 });
  if (request.method === "POST") requireSameOrigin(request);
  const back = returnPath(request, settings);

  if (action === "callback") {
    const refusal = refusalFromProconnect(request.nextUrl.searchParams);
    if (refusal) return refused(refusal, back, new Headers(SIGN_IN_COOKIES.map((c) => ["set-cookie", removed(c)])));
  }
  const browser = {
    device: toDevice(request.headers.get("user-agent")),
    sessionId: await readSessionCookie(request.cookies.get(SESSION_COOKIE)?.value, settings.AUTH_SECRET),
  };
  const forwarded = action === "signin" ? await onlyKnownParameters(request) : request;
  const { result: response, refusal } = await watchFailures<Response>(() =>
    NextAuth(forwarded, { params: Promise.resolve({ nextauth }) }, authOptions(settings, browser)),
  );
  return action === "csrf" ? response : withOurPages(response, { action, back, refusal });
}

/** A request of our own: Next hands over a proxy, which cannot be copied as a whole. */
async function copyOf(request: Request): Promise<NextRequest> {
  const { url, method, headers } = request;
  return new NextRequest(
    url,
    method === "POST" ? { method, headers, body: await readText(request) } : { method, headers },
  );
}

/** next-auth passes the address's parameters on to ProConnect, which refuses those it does not know. */
async function onlyKnownParameters(request: NextRequest): Promise<NextRequest> {
  const url = new URL(request.nextUrl.pathname, request.nextUrl.origin);
  if (request.nextUrl.searchParams.get("prompt") === "login") url.searchParams.set("prompt", "login");
  return new NextRequest(url, { method: "POST", headers: request.headers, body: await request.text() });
}

type Outcome = { action: string; back: string; refusal: SignInRefusal | null };

/** next-auth reports a failure by sending to pages of its own. */
async function withOurPages(response: Response, { action, back, refusal }: Outcome): Promise<Response> {
  const location = response.headers.get("location");
  if (location !== null) {
    const { pathname, searchParams } = new URL(location, "http://nowhere.invalid");
    if (pathname === "/connexion" && searchParams.has("erreur")) {
      const target = new URL(location, "http://nowhere.invalid");
      if (back !== "/") target.searchParams.set("retour", back);
      const headers = new Headers(response.headers);
      headers.set("location", `${target.pathname}${target.search}`);
      return new Response(null, { status: 302, headers });
    }
    return isOwnPage(pathname) ? refused(refusal ?? "sign_in_failed", back, response.headers) : response;
  }
  if (action !== "signin") return response;
  const { url } = (await response.clone().json()) as { url?: string };
  if (url && !isOwnPage(new URL(url, "http://nowhere.invalid").pathname)) return response;
  return Response.json({ url: signInPath({ refusal: refusal ?? "sign_in_failed", path: back }) });
}

const isOwnPage = (pathname: string) => /^\/api\/auth\/(error|signin)/.test(pathname);

function refused(refusal: SignInRefusal, path: string, from: Headers): Response {
  const headers = new Headers({ location: signInPath({ refusal, path }), "cache-control": "no-store" });
  for (const cookie of from.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}

function returnPath(request: NextRequest, { APP_URL }: AppSettings): string {
  const kept = request.cookies.get(RETURN_COOKIE)?.value ?? "";
  const { origin } = new URL(APP_URL);
  return safeReturnPath(kept.startsWith(`${origin}/`) ? kept.slice(origin.length) : null);
}

/** The same, for browsers: what nobody foresaw is a page too. */
export async function serveAuthPage(request: Request, nextauth: string[]): Promise<Response> {
  try {
    return await serveAuth(request, nextauth);
  } catch (error) {
    reportFailure(error, { operation: "sign_in" });
    return refused("sign_in_failed", "/", new Headers());
  }
}
