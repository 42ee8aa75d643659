import { createServer, type RequestListener } from "node:http";
import { GET as signedOutGet } from "@/app/(compte)/deconnexion/route";
import { GET as authGet, POST as authPost } from "@/app/api/auth/[...nextauth]/route";
import { POST as endPost } from "@/app/api/session/end/route";
import { POST as extendPost } from "@/app/api/session/extend/route";
import { GET as sessionGet } from "@/app/api/session/route";
import { identityProvider, newKey } from "@/dev/identity-provider";
import { serveAuth } from "@/lib/auth/next-auth";
import type { AppSettings } from "@/lib/env";
import { aBrowser, type Browser } from "./browser";
import { inRequest } from "./request-scope";

/** Answers instead of the identity provider for the requests it wants to spoil; false leaves them to it. */
export type Fault = (...args: Parameters<RequestListener>) => boolean;

/** A real identity provider for these settings, whose answers a test may spoil. */
export async function aProconnect(settings: AppSettings) {
  const signingKey = newKey();
  const { PROCONNECT_ISSUER: issuer, APP_URL } = settings;
  const honest = identityProvider({
    issuer,
    signingKey,
    clientId: settings.PROCONNECT_CLIENT_ID,
    clientSecret: settings.PROCONNECT_CLIENT_SECRET,
    redirectUris: [`${APP_URL}/api/auth/callback/proconnect`],
    postLogoutRedirectUris: [`${APP_URL}/deconnexion`],
  });
  let fault: Fault = () => false;
  const server = createServer((request, response) => {
    if (!fault(request, response)) honest(request, response);
  });
  const { hostname, port } = new URL(issuer);
  const open = () => new Promise<void>((resolve) => server.listen(Number(port), hostname, resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await open();
  return {
    signingKey,
    open,
    close,
    spoil(next: Fault) {
      fault = next;
    },
  };
}

const sameOrigin = { "sec-fetch-site": "same-origin", "content-type": "application/json" };

/** The application's sign-in routes, without a server and without middleware. `settings` replaces the process's own. */
export function theSite(settings?: AppSettings) {
  return (request: Request): Promise<Response> =>
    inRequest(request, (request) => {
      const { pathname } = request.nextUrl;
      const nextauth = pathname.startsWith("/api/auth/") ? pathname.slice("/api/auth/".length).split("/") : null;
      if (nextauth && settings) return serveAuth(request, nextauth, settings);
      const context = { params: Promise.resolve({ nextauth: nextauth ?? [] }) };
      switch (`${request.method} ${nextauth ? "/api/auth" : pathname}`) {
        case "GET /api/auth":
          return authGet(request, context);
        case "POST /api/auth":
          return authPost(request, context);
        case "GET /api/session":
          return sessionGet(request);
        case "POST /api/session/extend":
          return extendPost(request);
        case "POST /api/session/end":
          return endPost(request);
        case "GET /deconnexion":
          return signedOutGet(request);
        default:
          return Promise.resolve(new Response("page"));
      }
    });
}

/** A browser on `origin`, at the point where ProConnect's address is known. */
export async function startSignIn(
  origin: string,
  {
    settings,
    browser = aBrowser({ [origin]: theSite(settings) }),
    retour = "/",
    search = "",
  }: {
    settings?: AppSettings;
    browser?: Browser;
    retour?: string;
    search?: string;
  } = {},
): Promise<{ browser: Browser; url: string }> {
  const csrf = await (await browser.send(`${origin}/api/auth/csrf`)).json();
  const response = await browser.send(`${origin}/api/auth/signin/proconnect${search}`, {
    method: "POST",
    headers: sameOrigin,
    body: JSON.stringify({ csrfToken: csrf.csrfToken, callbackUrl: retour, json: "true" }),
  });
  const { url } = await response.json();
  return { browser, url: new URL(url, origin).href };
}

/** Chooses a test agent at the identity provider, and gives the address it sends the browser back to. */
export async function chooseAgent(browser: Browser, url: string, agent: string, origin: string): Promise<string> {
  const isBack = (next: string) => next.startsWith(origin);
  const page = await browser.follow(await browser.send(url), url, isBack);
  if (isBack(page.url)) return page.url;
  const body = new URLSearchParams({ agent, retour: "oui" });
  const answer = await browser.send(page.url, { method: "POST", body });
  return (await browser.follow(answer, page.url, isBack)).url;
}

/** Signs a test agent in, and gives the address where the browser arrives. */
export async function signIn(
  origin: string,
  agent: string,
  options: Parameters<typeof startSignIn>[1] = {},
): Promise<{ browser: Browser; arrival: string }> {
  const { browser, url } = await startSignIn(origin, options);
  if (url.startsWith(origin)) return { browser, arrival: url.slice(origin.length) };
  const back = await chooseAgent(browser, url, agent, origin);
  const end = await browser.send(back);
  const location = end.headers.get("location") ?? "";
  return { browser, arrival: location.startsWith(origin) ? location.slice(origin.length) : location };
}
