import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { asGate } from "@/db/client";
import { agents, sessions } from "@/db/schema/agents";
import { actorOrSignIn, findActor, requireActor } from "@/lib/auth/actor";
import { PATH_HEADER, SESSION_COOKIE } from "@/lib/auth/cookies";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { setTestSettings } from "@/tests/support/settings";
import { aProconnect, signIn, startSignIn } from "@/tests/support/sign-in";

const site = "http://localhost:4140";
const settings = setTestSettings({ APP_URL: site, PROCONNECT_ISSUER: "http://127.0.0.1:4141/api/v2" });

let proconnect: Awaited<ReturnType<typeof aProconnect>>;
beforeAll(async () => {
  proconnect = await aProconnect(settings);
});
afterAll(() => proconnect.close());

const post = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };
const withCookie = (value: string | undefined, headers: Record<string, string> = {}) =>
  new Request(`${site}/conversations/x`, { headers: { cookie: `${SESSION_COOKIE}=${value}`, ...headers } });
const seenAgo = (seconds: number) =>
  asGate((tx) =>
    tx
      .update(sessions)
      .set({ seenAt: new Date(Date.now() - seconds * 1000) })
      .where(eq(sessions.idToken, sessions.idToken)),
  );

onEachDatabase(() => {
  it("tells how long is left, without counting the question as activity", async () => {
    const { browser } = await signIn(site, "culture");
    await seenAgo(3600);
    const ask = async () => (await browser.send(`${site}/api/session`)).json();
    const { secondsLeft, canExtend } = await ask();
    expect(secondsLeft).toBeGreaterThan(3590);
    expect(secondsLeft).toBeLessThanOrEqual(3600);
    expect(canExtend).toBe(true);
    expect((await ask()).secondsLeft).toBeLessThanOrEqual(3600);
  });

  it("gives two hours more to an agent who asks to stay", async () => {
    const { browser } = await signIn(site, "culture");
    await seenAgo(3600);
    const response = await browser.send(`${site}/api/session/extend`, post);
    expect((await response.json()).secondsLeft).toBeGreaterThan(7190);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    ["GET", "/api/session"],
    ["POST", "/api/session/extend"],
  ])("refuses a visitor, and a session that ended: %s %s", async (method, path) => {
    const { browser } = await startSignIn(site);
    const send = () => browser.send(`${site}${path}`, { ...post, method });
    expect((await send()).status).toBe(401);
    await signIn(site, "culture", { browser });
    await seenAgo(2 * 3600);
    const response = await send();
    expect([response.status, await response.json()]).toMatchObject([401, { code: "not_signed_in" }]);
  });

  it.each(["/api/session/extend", "/api/session/end"])("refuses another site's request to %s", async (path) => {
    const { browser } = await signIn(site, "culture");
    const cases: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: site },
      { "sec-fetch-site": "none" },
      { origin: "https://evil.example" },
      { origin: "null" },
      {},
    ];
    for (const headers of cases) {
      const response = await browser.send(`${site}${path}`, { method: "POST", headers });
      expect([response.status, await response.json()]).toMatchObject([403, { code: "cross_site_request" }]);
    }
    expect((await browser.send(`${site}/api/session`)).status).toBe(200);
    expect(
      (await browser.send(`${site}/api/session/extend`, { method: "POST", headers: { origin: site } })).status,
    ).toBe(200);
  });

  it("signs out here at once, then at ProConnect, and comes back", async () => {
    const { browser } = await signIn(site, "culture");
    const cookie = browser.cookie(SESSION_COOKIE);
    const response = await browser.send(`${site}/api/session/end`, post);
    expect(response.headers.get("clear-site-data")).toBe('"cache", "cookies"');
    expect(browser.cookieNames(site)).toEqual([]);
    expect(await inRequest(withCookie(cookie), () => findActor())).toBeNull();

    const { url } = await response.json();
    const { origin, pathname, searchParams } = new URL(url);
    expect(`${origin}${pathname}`).toBe(`${settings.PROCONNECT_ISSUER}/session/end`);
    expect(searchParams.get("id_token_hint")).toMatch(/^eyJ/);
    expect(searchParams.get("state")?.length).toBeGreaterThanOrEqual(32);
    const back = await browser.follow(await browser.send(url), url, (next) => next.startsWith(site));
    const arrival = await browser.send(back.url);
    expect(arrival.headers.get("location")).toBe("/accueil?deconnexion=1");

    // Signed out there too: the choice of an agent is asked again.
    const again = await startSignIn(site, { browser });
    const page = await browser.follow(await browser.send(again.url), again.url);
    expect(await page.response.text()).toContain("Choisir un compte de test");
  });

  it("says nothing to a return that no sign-out asked for, nor to one that comes twice", async () => {
    const { browser } = await signIn(site, "culture");
    const { url } = await (await browser.send(`${site}/api/session/end`, post)).json();
    const state = new URL(url).searchParams.get("state");
    const arrive = async (search: string) =>
      (await browser.send(`${site}/deconnexion${search}`)).headers.get("location");
    expect(await arrive("")).toBe("/accueil");
    expect(await arrive("?state=")).toBe("/accueil");
    expect(await arrive("?state=un-autre")).toBe("/accueil");
    expect(await arrive(`?state=${state}`)).toBe("/accueil?deconnexion=1");
    expect(await arrive(`?state=${state}`)).toBe("/accueil");
  });

  it("signs out here even when ProConnect is down, or nobody is signed in", async () => {
    const { browser } = await signIn(site, "culture");
    const cookie = browser.cookie(SESSION_COOKIE);
    await proconnect.close();
    const end = async () => (await browser.send(`${site}/api/session/end`, post)).json();
    expect(await end()).toEqual({ url: "/accueil?deconnexion=1" });
    await proconnect.open();
    expect(await inRequest(withCookie(cookie), () => findActor())).toBeNull();
    expect(await end()).toEqual({ url: "/accueil?deconnexion=1" });
  });

  it("notices at the next request that an account was disabled", async () => {
    const { browser } = await signIn(site, "region");
    const cookie = browser.cookie(SESSION_COOKIE);
    const actor = await inRequest(withCookie(cookie), () => requireActor());
    const disable = (status: "active" | "disabled") =>
      asGate((tx) => tx.update(agents).set({ status }).where(eq(agents.id, actor.agentId)));
    await disable("disabled");
    await expect(inRequest(withCookie(cookie), () => requireActor())).rejects.toMatchObject({ code: "not_signed_in" });
    await disable("active");
    await expect(inRequest(withCookie(cookie), () => requireActor())).resolves.toEqual(actor);
  });

  it.each([
    ["forged", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c"],
    ["empty", ""],
    ["not a token", "bonjour"],
  ])("takes a %s cookie for none", async (_what, value) => {
    expect(await inRequest(withCookie(value), () => findActor())).toBeNull();
  });

  it("does not take a cookie made for another step of the sign-in for a session", async () => {
    const { browser } = await startSignIn(site);
    const state = browser.cookie("__Host-assistant.state");
    expect(state).toMatch(/^eyJ/);
    expect(await inRequest(withCookie(state), () => findActor())).toBeNull();
  });

  it("sends a page's visitor to sign in, and back to where they were going", async () => {
    const going = async (request: Request) => {
      const error = await inRequest(request, () => actorOrSignIn()).catch((error) => error);
      return String(error.digest).split(";")[2];
    };
    const path = { [PATH_HEADER]: "/conversations/x?a=1" };
    expect(await going(new Request(site))).toBe("/connexion");
    expect(await going(new Request(site, { headers: path }))).toBe("/connexion?retour=%2Fconversations%2Fx%3Fa%3D1");
    expect(await going(new Request(site, { headers: { [PATH_HEADER]: "//evil.example" } }))).toBe("/connexion");
    expect(await going(withCookie("bonjour", path))).toBe(
      "/connexion?erreur=session-terminee&retour=%2Fconversations%2Fx%3Fa%3D1",
    );
  });
});

// Refused requests are not failures.
const warned = vi.spyOn(console, "warn");
afterAll(() => expect(warned).not.toHaveBeenCalled());
