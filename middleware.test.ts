import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { POST as extendPost } from "@/app/api/session/extend/route";
import { GET as sessionGet } from "@/app/api/session/route";
import { contentSecurityPolicy, securityHeaders } from "@/lib/http/security-headers";
import { newId } from "@/lib/id";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { setTestSettings } from "@/tests/support/settings";
import { findActor } from "./lib/auth/actor";
import { PATH_HEADER, SESSION_COOKIE } from "./lib/auth/cookies";
import { config, middleware } from "./middleware";
import nextConfig from "./next.config";

const site = "http://localhost:4150";
const { AUTH_SECRET: secret } = setTestSettings({ APP_URL: site });

const visit = (path: string, cookie?: string) =>
  middleware(new NextRequest(`${site}${path}`, cookie ? { headers: { cookie: `${SESSION_COOKIE}=${cookie}` } } : {}));
const locationOf = async (path: string, cookie?: string) => {
  const location = (await visit(path, cookie)).headers.get("location");
  return location?.replace(site, "");
};
const aCookie = (token: Record<string, unknown> = { sid: newId() }, key = secret, maxAge = 60) =>
  encode({ token, secret: key, maxAge });

describe("visitors", () => {
  it("are shown the presentation instead of the home page", async () => {
    expect(await locationOf("/")).toBe("/accueil");
  });

  it("are sent to sign in from a private page, and will come back to it", async () => {
    expect(await locationOf("/conversations/x?a=1")).toBe("/connexion?retour=%2Fconversations%2Fx%3Fa%3D1");
    expect(await locationOf("/nulle-part")).toBe("/connexion?retour=%2Fnulle-part");
  });

  it("see the public pages, and are answered by the API itself", async () => {
    for (const path of ["/accueil", "/connexion", "/mentions-legales", "/api/session", "/api/health/live"])
      expect(await locationOf(path)).toBeUndefined();
  });

  it("are not turned away from a server action, which refuses by itself", async () => {
    const action = new NextRequest(`${site}/conversations/x`, { method: "POST", headers: { "next-action": "a" } });
    expect((await middleware(action)).headers.has("location")).toBe(false);
  });

  it("are told that an action over 1 MB is too large, as signed-in agents are", async () => {
    const sending = async (bytes: number, cookie = "") => {
      const headers = { "next-action": "a", "content-length": String(bytes), cookie: `${SESSION_COOKIE}=${cookie}` };
      return (await middleware(new NextRequest(`${site}/parametres`, { method: "POST", headers }))).status;
    };
    for (const cookie of ["", await aCookie()]) {
      expect(await sending(1024 * 1024, cookie)).toBe(200);
      expect(await sending(1024 * 1024 + 1, cookie)).toBe(413);
    }
  });

  it("are those whose cookie is not ours, too old, or made with another secret", async () => {
    expect(await locationOf("/", await aCookie())).toBeUndefined();
    expect(await locationOf("/", "bonjour")).toBe("/accueil");
    expect(await locationOf("/", await aCookie({ sub: "x" }))).toBe("/accueil");
    expect(await locationOf("/", await aCookie({ sid: newId() }, "y".repeat(40)))).toBe("/accueil");
    expect(await locationOf("/", await aCookie({ sid: newId() }, secret, -60))).toBe("/accueil");
  });
});

describe("headers", () => {
  it("let only this site's own scripts and styles run, with a nonce that changes", async () => {
    const policyOf = async () => (await visit("/connexion")).headers.get("content-security-policy") ?? "";
    const [first, second] = [await policyOf(), await policyOf()];
    expect(first).not.toBe(second);
    expect(first.replaceAll(/nonce-[A-Za-z0-9+/]{22}==/g, "nonce-N")).toBe(
      "default-src 'self'; script-src 'self' 'nonce-N' 'strict-dynamic'; style-src 'self' 'nonce-N'; worker-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    );
  });

  it("loosen the policy under Next's development server alone", () => {
    const loose = contentSecurityPolicy("n", { isDevelopment: true });
    for (const addition of ["'unsafe-eval'", "ws:"]) {
      expect(loose).toContain(addition);
      expect(contentSecurityPolicy("n", { isDevelopment: false })).not.toContain(addition);
    }
  });

  it("give the nonce, the policy and the path to the page, whatever the browser sent under these names", async () => {
    const request = new NextRequest(`${site}/connexion?retour=/a`, {
      headers: { "x-nonce": "forged", "x-assistant-path": "//evil.example" },
    });
    const { headers } = await middleware(request);
    const nonce = headers.get("x-middleware-request-x-nonce");
    expect(nonce).not.toBe("forged");
    expect(headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
    expect(headers.get("x-middleware-request-content-security-policy")).toBe(headers.get("content-security-policy"));
    expect(headers.get("x-middleware-request-x-assistant-path")).toBe("/connexion?retour=/a");
  });

  it("are on every answer", async () => {
    for (const path of ["/", "/connexion", "/api/session", "/conversations/x"]) {
      const { headers } = await visit(path);
      for (const [name, value] of securityHeaders({ isHttps: false })) expect(headers.get(name)).toBe(value);
      expect(headers.has("content-security-policy")).toBe(true);
    }
  });

  it("keep private pages and the API out of every cache", async () => {
    for (const path of ["/", "/conversations/x", "/api/session"])
      expect((await visit(path, await aCookie())).headers.get("cache-control")).toBe("no-store");
    expect((await visit("/mentions-legales")).headers.has("cache-control")).toBe(false);
  });

  it("ask for https for a year where the site has it", () => {
    const names = (isHttps: boolean) => securityHeaders({ isHttps }).map(([name, value]) => `${name}: ${value}`);
    expect(names(true)).toContain("strict-transport-security: max-age=31536000; includeSubDomains");
    expect(names(false).join()).not.toContain("strict-transport-security");
  });
});

it("runs for pages and the API, not for files, nor for turns and documents, whose headers are in the configuration", async () => {
  const pattern = new RegExp(`^${config.matcher[0]}$`);
  for (const path of ["/", "/conversations/x", "/api/session", "/api/chatter", "/api/documentsx", "/connexion"])
    expect(path).toMatch(pattern);
  for (const path of [
    "/_next/static/chunks/a.js",
    "/pdfjs/5.4.296/pdf.worker.min.mjs",
    "/proconnect-button.svg",
    "/favicon.ico",
    "/api/chat",
    "/api/chat/x/stop",
    "/api/documents",
    "/api/documents/x/original",
    "/api/exports/x",
    "/api/imports",
  ])
    expect(path).not.toMatch(pattern);

  const rule = (await nextConfig.headers?.())?.find(
    ({ source }) => source === "/api/:kind(chat|documents|exports|imports)/:path*",
  );
  const given = rule?.headers.map(({ key, value }) => [key, value]);
  expect(given).toEqual(expect.arrayContaining(securityHeaders({ isHttps: false })));
  expect(given).toContainEqual(["content-security-policy", "default-src 'none'; frame-ancestors 'none'"]);
});

onEachDatabase(() => {
  it("decides nothing: whom it lets through without a session in force, the gates refuse, as they do without it", async () => {
    const cookie = await aCookie();
    expect(await locationOf("/conversations/x", cookie)).toBeUndefined();

    const passed = await visit("/conversations/x", cookie);
    const headers = {
      cookie: `${SESSION_COOKIE}=${cookie}`,
      "sec-fetch-site": "same-origin",
      "x-nonce": passed.headers.get("x-middleware-request-x-nonce") ?? "",
      [PATH_HEADER]: "/conversations/x",
    };
    const request = (method: string) => new Request(site, { method, headers });
    expect(await inRequest(request("GET"), () => findActor())).toBeNull();
    expect((await inRequest(request("GET"), sessionGet)).status).toBe(401);
    expect((await inRequest(request("POST"), extendPost)).status).toBe(401);
  });
});
