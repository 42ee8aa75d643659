import { sign } from "node:crypto";
import { decode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newKey } from "@/dev/identity-provider";
import { seedTestAgents } from "@/dev/seed-test-agents";
import { testAgents } from "@/dev/test-agents";
import { aBrowser } from "@/tests/support/browser";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { setTestSettings } from "@/tests/support/settings";
import { aProconnect, chooseAgent, signIn, startSignIn, theSite } from "@/tests/support/sign-in";
import { findActor } from "./actor";
import { SESSION_COOKIE } from "./cookies";

const settings = setTestSettings({
  APP_URL: "http://localhost:4120",
  PROCONNECT_ISSUER: "http://127.0.0.1:4121/api/v2",
});
const site = "http://localhost:4120";

let proconnect: Awaited<ReturnType<typeof aProconnect>>;
beforeAll(async () => {
  proconnect = await aProconnect(settings);
});
afterAll(() => proconnect.close());

const logged = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => logged.mockClear());
afterEach(() => {
  proconnect.spoil(() => false);
  vi.useRealTimers();
  for (const { email, givenName, usualName, sub } of Object.values(testAgents))
    for (const secret of [email, `${givenName} ${usualName}`, sub, "eyJ"])
      expect(JSON.stringify(logged.mock.calls)).not.toContain(secret);
});

const actorOf = (cookie: string | undefined) =>
  inRequest(new Request(site, { headers: { cookie: `${SESSION_COOKIE}=${cookie}` } }), () => findActor());

/** What ProConnect would sign, for faults that need a good signature. */
function userinfo(changes: Record<string, unknown> = {}, key = proconnect.signingKey): string {
  const { culture } = testAgents;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: settings.PROCONNECT_ISSUER,
    aud: settings.PROCONNECT_CLIENT_ID,
    iat: now,
    exp: now + 60,
    sub: culture?.sub,
    idp_id: culture?.idpId,
    email: culture?.email,
    given_name: culture?.givenName,
    usual_name: culture?.usualName,
    siret: culture?.siret,
    roles: culture?.roles,
    ...changes,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256" })}.${part(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), { key, format: "jwk" }).toString("base64url")}`;
}

const answerUserinfo = (body: string, type = "application/jwt") =>
  proconnect.spoil((request, response) => {
    if (!request.url?.startsWith("/api/v2/userinfo")) return false;
    response.writeHead(200, { "content-type": type }).end(body);
    return true;
  });

onEachDatabase(() => {
  beforeAll(() => seedTestAgents());

  describe("signing in", () => {
    it("opens a session whose cookie holds its id alone, and comes back where the agent was going", async () => {
      const { browser, arrival } = await signIn(site, "culture", { retour: "/parametres?onglet=sessions" });
      expect(arrival).toBe("/parametres?onglet=sessions");
      const cookie = browser.cookie(SESSION_COOKIE);
      const content = await decode({ token: cookie ?? "", secret: settings.AUTH_SECRET });
      expect(Object.keys(content ?? {}).sort()).toEqual(["exp", "iat", "jti", "sid"]);
      expect(await actorOf(cookie)).toMatchObject({ role: "member", sessionId: content?.sid });
    });

    it("gives each agent the role of their account", async () => {
      const { browser } = await signIn(site, "administratrice");
      expect(await actorOf(browser.cookie(SESSION_COOKIE))).toMatchObject({ role: "administrator" });
    });

    it("sets only host-bound cookies, out of reach of scripts and of other sites", async () => {
      const { browser, url } = await startSignIn(site);
      const back = await chooseAgent(browser, url, "culture", site);
      const lines = [
        ...(await browser.send(`${site}/api/auth/csrf`)).headers.getSetCookie(),
        ...(await browser.send(back)).headers.getSetCookie(),
      ];
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(line).toMatch(/^__Host-/);
      for (const line of lines) for (const flag of ["Path=/", "HttpOnly", "Secure"]) expect(line).toContain(flag);
      for (const line of lines) expect(line).toMatch(/SameSite=Lax/i);
      for (const name of browser.cookieNames(site)) expect(name).toMatch(/^__Host-/);
    });

    it("asks ProConnect for the second factor's level, with long state and nonce, and PKCE", async () => {
      const { searchParams } = new URL((await startSignIn(site)).url);
      expect(searchParams.get("state")?.length).toBeGreaterThanOrEqual(32);
      expect(searchParams.get("nonce")?.length).toBeGreaterThanOrEqual(32);
      expect(searchParams.get("code_challenge_method")).toBe("S256");
      expect(JSON.parse(searchParams.get("claims") ?? "")).toEqual({ id_token: { acr: null, amr: null } });
      const strict = await startSignIn(site, { settings: { ...settings, PROCONNECT_REQUIRE_MFA: true } });
      expect(JSON.parse(new URL(strict.url).searchParams.get("claims") ?? "")).toEqual({
        id_token: {
          acr: { essential: true, values: ["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"] },
          amr: null,
        },
      });
    });

    it("passes on no parameter but prompt=login", async () => {
      const { url } = await startSignIn(site, { search: "?prompt=login&scope=profile&ui_locales=fr&redirect_uri=x" });
      const { searchParams } = new URL(url);
      expect(searchParams.get("prompt")).toBe("login");
      expect(searchParams.get("scope")).not.toBe("profile");
      expect(searchParams.has("ui_locales")).toBe(false);
      expect((await startSignIn(site, { search: "?prompt=none" })).url).not.toContain("prompt");
    });

    it("ends the session that the browser had before", async () => {
      const { browser } = await signIn(site, "culture");
      const before = browser.cookie(SESSION_COOKIE);
      await signIn(site, "culture", { browser });
      expect(await actorOf(before)).toBeNull();
      expect(await actorOf(browser.cookie(SESSION_COOKIE))).not.toBeNull();
    });

    it("comes back to the home page rather than to another site", async () => {
      expect((await signIn(site, "culture", { retour: "https://evil.example/" })).arrival).toBe("/");
      expect((await signIn(site, "culture", { retour: "//evil.example/" })).arrival).toBe("/");
    });
  });

  describe("refusals", () => {
    const refusal = async (agent: string, changes: Partial<typeof settings> = {}) => {
      const { browser, arrival } = await signIn(site, agent, {
        settings: { ...settings, ...changes },
        retour: "/conversations/x",
      });
      expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
      const { pathname, searchParams } = new URL(arrival, site);
      expect(pathname).toBe("/connexion");
      expect(searchParams.get("retour")).toBe("/conversations/x");
      return searchParams.get("erreur");
    };

    it.each([
      ["a private-sector account", "secteur-prive", {}, "secteur-prive"],
      ["a disabled account", "desactive", {}, "compte-desactive"],
      [
        "an agent without an allowed role",
        "culture",
        { ACCESS_ALLOWED_ROLES: ["agent_public_territorial"] },
        "acces-reserve",
      ],
      [
        "an agent without a second factor",
        "sans-double-authentification",
        { PROCONNECT_REQUIRE_MFA: true },
        "double-authentification",
      ],
      ["everybody while ProConnect fails", "panne", {}, "proconnect-indisponible"],
    ])("refuses %s", async (_who, agent, changes, expected) => {
      expect(await refusal(agent, changes)).toBe(expected);
    });

    it("lets an agent in without a second factor when none is required", async () => {
      const { browser } = await signIn(site, "sans-double-authentification");
      expect(await actorOf(browser.cookie(SESSION_COOKIE))).not.toBeNull();
    });

    it.each([
      ["signed with another key", () => userinfo({}, newKey())],
      ["made for another service", () => userinfo({ aud: "another-client" })],
      ["made for no service", () => userinfo({ aud: undefined })],
      ["made by another issuer", () => userinfo({ iss: "https://evil.example" })],
      ["made by no issuer", () => userinfo({ iss: undefined })],
      ["about someone else", () => userinfo({ sub: "test-administratrice" })],
      ["without a subject", () => userinfo({ sub: undefined })],
      ["without signature", () => `${userinfo().split(".").slice(0, 2).join(".")}.`],
      [
        "with an algorithm of none",
        () => `${Buffer.from('{"alg":"none"}').toString("base64url")}.${userinfo().split(".")[1]}.`,
      ],
      ["without an e-mail", () => userinfo({ email: undefined })],
    ])("refuses a userinfo %s", async (_what, make) => {
      answerUserinfo(make());
      expect(await refusal("culture")).toBe("connexion-impossible");
    });

    it("accepts the same userinfo when nothing is wrong with it", async () => {
      answerUserinfo(userinfo());
      expect((await signIn(site, "culture")).arrival).toBe("/");
    });

    it("refuses a userinfo that is not signed at all", async () => {
      answerUserinfo(JSON.stringify({ sub: "test-culture" }), "application/json");
      expect(await refusal("culture")).toBe("connexion-impossible");
    });

    it("says that the clock is wrong when the proof has expired already", async () => {
      const { browser, url } = await startSignIn(site);
      const back = await chooseAgent(browser, url, "culture", site);
      answerUserinfo(userinfo({ exp: Math.floor(Date.now() / 1000) - 60 }));
      expect((await browser.send(back)).headers.get("location")).toContain("erreur=horloge");
    });

    it("refuses a return with another state, or in another browser", async () => {
      const { browser, url } = await startSignIn(site);
      const back = new URL(await chooseAgent(browser, url, "culture", site));
      const elsewhere = await aBrowser({ [site]: theSite() }).send(back.href);
      expect(elsewhere.headers.get("location")).toBe("/connexion?erreur=demande-perimee");
      back.searchParams.set("state", "x".repeat(43));
      expect((await browser.send(back.href)).headers.get("location")).toBe("/connexion?erreur=demande-perimee");
    });

    it("refuses to use a return twice", async () => {
      const { browser, url } = await startSignIn(site);
      const back = await chooseAgent(browser, url, "culture", site);
      await browser.send(back);
      expect((await browser.send(back)).headers.get("location")).toContain("erreur=demande-perimee");
    });

    it("says that ProConnect is down, before and after the agent goes there", async () => {
      const { browser, url } = await startSignIn(site);
      const back = await chooseAgent(browser, url, "culture", site);
      await proconnect.close();
      expect((await startSignIn(site)).url).toBe(`${site}/connexion?erreur=proconnect-indisponible`);
      expect((await browser.send(back)).headers.get("location")).toBe("/connexion?erreur=proconnect-indisponible");
      await proconnect.open();
    });

    it("says so too when ProConnect answers with an error page", async () => {
      proconnect.spoil((request, response) => {
        if (!request.url?.startsWith("/api/v2/token")) return false;
        response.writeHead(503, { "content-type": "text/html" }).end("<h1>Maintenance</h1>");
        return true;
      });
      expect(await refusal("culture")).toBe("proconnect-indisponible");
    });

    it("sends back without a word someone whom ProConnect does not know yet", async () => {
      const response = await aBrowser({ [site]: theSite() }).send(
        `${site}/api/auth/callback/proconnect?error=login_required&state=x`,
      );
      expect(response.headers.get("location")).toBe("/connexion?erreur=connexion-abandonnee");
    });
  });

  it("serves of next-auth only what signing in needs", async () => {
    const browser = aBrowser({ [site]: theSite() });
    for (const path of ["session", "providers", "signout", "signin", "error", "_log"])
      expect((await browser.send(`${site}/api/auth/${path}`)).status).toBe(404);
    const post = (path: string, site: string) =>
      browser.send(`http://localhost:4120/api/auth/${path}`, { method: "POST", headers: { "sec-fetch-site": site } });
    expect((await post("_log", "same-origin")).status).toBe(404);
    expect((await post("signout", "same-origin")).status).toBe(404);
    expect((await post("signin/proconnect", "cross-site")).status).toBe(403);
  });
});
