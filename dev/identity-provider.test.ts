import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { aBrowser } from "@/tests/support/browser";
import { startIdentityProvider } from "./identity-provider";
import { testAgents } from "./test-agents";

const PORT = 4110;
const client = {
  clientId: "test-client",
  clientSecret: "a-secret-of-the-test-client",
  redirectUris: ["http://localhost:4111/retour"],
  postLogoutRedirectUris: ["http://localhost:4111/deconnexion"],
};
const [redirectUri = ""] = client.redirectUris;
const [postLogoutUri = ""] = client.postLogoutRedirectUris;
const verifier = randomBytes(32).toString("base64url");
const state = randomBytes(32).toString("base64url");

let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
beforeAll(async () => {
  provider = await startIdentityProvider({ port: PORT, ...client });
});
afterAll(() => provider.close());
afterEach(() => {
  vi.useRealTimers();
});

const parameters = (changes: Record<string, string | undefined> = {}) => {
  const all = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: "openid given_name usual_name email uid siret idp_id organization_label roles",
    state,
    nonce: randomBytes(32).toString("base64url"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    claims: JSON.stringify({ id_token: { acr: null, amr: null } }),
    ...changes,
  };
  return new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
};
const authorizeUrl = (changes?: Record<string, string | undefined>) =>
  `${provider.issuer}/authorize?${parameters(changes)}`;

async function choose(agent: string, changes?: Record<string, string | undefined>, browser = aBrowser()) {
  const start = authorizeUrl(changes);
  const page = await browser.follow(await browser.send(start), start, (url) => url.startsWith(redirectUri));
  if (page.url.startsWith(redirectUri)) return { browser, back: new URL(page.url), html: "" };
  const html = await page.response.text();
  const answer = await browser.send(page.url, { method: "POST", body: new URLSearchParams({ agent }) });
  const end = await browser.follow(answer, page.url, (url) => url.startsWith(redirectUri));
  return { browser, back: new URL(end.url), html, page: end.response };
}

const exchange = (code: string | null, changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${provider.issuer}/token`, {
    method: "POST",
    headers,
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: code ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: client.clientId,
      client_secret: client.clientSecret,
      ...changes,
    }),
  });

const claims = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
const header = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString("utf8"));

it("publishes ProConnect's endpoints", async () => {
  const discovery = await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json();
  expect(discovery).toMatchObject({
    issuer: `http://127.0.0.1:${PORT}/api/v2`,
    authorization_endpoint: `${provider.issuer}/authorize`,
    token_endpoint: `${provider.issuer}/token`,
    userinfo_endpoint: `${provider.issuer}/userinfo`,
    end_session_endpoint: `${provider.issuer}/session/end`,
    jwks_uri: `${provider.issuer}/jwks`,
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    code_challenge_methods_supported: ["S256"],
  });
});

describe("signing in", () => {
  it("offers each test agent as a button, on a page without script", async () => {
    const { html } = await choose("culture");
    for (const key of Object.keys(testAgents)) expect(html).toContain(`value="${key}"`);
    expect(html).not.toContain("<script");
  });

  it("gives an ID token with acr and amr, and a signed userinfo with the claims of the scopes", async () => {
    const { back } = await choose("culture");
    expect(back.searchParams.get("state")).toBe(state);
    const tokens = await (await exchange(back.searchParams.get("code"))).json();
    expect(header(tokens.id_token)).toMatchObject({ alg: "RS256" });
    expect(claims(tokens.id_token)).toMatchObject({
      sub: "test-culture",
      acr: "eidas1-mfa",
      amr: ["pwd", "otp", "mfa"],
    });

    const userinfo = await fetch(`${provider.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(userinfo.headers.get("content-type")).toContain("application/jwt");
    const signed = await userinfo.text();
    expect(header(signed)).toMatchObject({ alg: "RS256" });
    const { culture } = testAgents;
    expect(claims(signed)).toMatchObject({
      iss: provider.issuer,
      aud: client.clientId,
      sub: culture?.sub,
      given_name: culture?.givenName,
      usual_name: culture?.usualName,
      email: culture?.email,
      siret: culture?.siret,
      idp_id: culture?.idpId,
      organization_label: culture?.organizationLabel,
      roles: culture?.roles,
    });
    for (const name of ["acr", "amr", "auth_time", "sid"]) expect(claims(signed)).not.toHaveProperty(name);
  });

  it("gives neither acr nor amr to a service that did not ask", async () => {
    const { back } = await choose("culture", { claims: undefined });
    const tokens = await (await exchange(back.searchParams.get("code"))).json();
    expect(claims(tokens.id_token)).not.toHaveProperty("acr");
    expect(claims(tokens.id_token)).not.toHaveProperty("amr");
  });

  it("remembers who signed in, and lets prompt=login choose another agent", async () => {
    const { browser } = await choose("culture");
    const again = await choose("nobody", {}, browser);
    expect(again.html).toBe("");
    expect(again.back.searchParams.has("code")).toBe(true);

    const other = await choose("ecologie", { prompt: "login" }, browser);
    const tokens = await (await exchange(other.back.searchParams.get("code"))).json();
    expect(claims(tokens.id_token)).toMatchObject({ sub: "test-ecologie" });
  });

  it("refuses a private-sector account on its own page, then says so to the service", async () => {
    const { browser, page, back } = await choose("secteur-prive");
    expect(page?.status).toBe(403);
    expect(await page?.text()).toContain("Y500015");
    const answer = await browser.send(back.href, {
      method: "POST",
      body: new URLSearchParams({ agent: "secteur-prive", retour: "oui" }),
    });
    const end = await browser.follow(answer, back.href, (url) => url.startsWith(redirectUri));
    const { searchParams } = new URL(end.url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      error: "access_denied",
      error_description: "Y500015",
      state,
    });
  });

  it("answers server_error for the agent that stands for a failure of ProConnect", async () => {
    const { back } = await choose("panne");
    expect(back.searchParams.get("error")).toBe("server_error");
  });

  it("answers login_required to a silent sign-in without a session", async () => {
    const { back } = await choose("culture", { prompt: "none" });
    expect(back.searchParams.get("error")).toBe("login_required");
  });
});

describe("strictness on /authorize", () => {
  it.each([
    ["an unknown parameter", { ui_locales: "fr" }],
    ["max_age", { max_age: "60" }],
    ["a short state", { state: "x".repeat(31) }],
    ["no state", { state: undefined }],
    ["a short nonce", { nonce: "x".repeat(31) }],
    ["no nonce", { nonce: undefined }],
    ["PKCE plain", { code_challenge_method: "plain" }],
    ["a response type other than code", { response_type: "code id_token" }],
  ])("refuses %s with Y000400", async (_what, changes) => {
    const response = await fetch(authorizeUrl(changes), { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Y000400");
  });

  it("accepts a state and a nonce of 32 characters", async () => {
    const response = await fetch(authorizeUrl({ state: "x".repeat(32), nonce: "y".repeat(32) }), {
      redirect: "manual",
    });
    expect(response.status).toBe(303);
  });

  it.each(["http://localhost:4111/retour/", "http://localhost:4111/ailleurs"])(
    "refuses the redirect URI %s with Y030031",
    async (uri) => {
      const response = await fetch(authorizeUrl({ redirect_uri: uri }), { redirect: "manual" });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("Y030031");
    },
  );

  it("answers invalid_scope to a scope that was not granted", async () => {
    const response = await fetch(authorizeUrl({ scope: "openid profile" }), { redirect: "manual" });
    expect(new URL(response.headers.get("location") ?? "").searchParams.get("error")).toBe("invalid_scope");
  });
});

describe("strictness on /token", () => {
  it("refuses client_secret_basic", async () => {
    const { back } = await choose("culture");
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64");
    const response = await fetch(`${provider.issuer}/token`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: back.searchParams.get("code") ?? "",
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: "invalid_client" });
  });

  it("takes a code at 59 seconds and refuses it at 61", async () => {
    const early = await choose("culture");
    const late = await choose("culture");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 58_500 });
    expect((await exchange(early.back.searchParams.get("code"))).status).toBe(200);
    vi.setSystemTime(Date.now() + 2_500);
    expect(await (await exchange(late.back.searchParams.get("code"))).json()).toMatchObject({ error: "invalid_grant" });
  });

  it("refuses a wrong code verifier", async () => {
    const { back } = await choose("culture");
    const response = await exchange(back.searchParams.get("code"), { code_verifier: "x".repeat(43) });
    expect(await response.json()).toMatchObject({ error: "invalid_grant" });
  });

  it("refuses requests made by a page", async () => {
    const { back } = await choose("culture");
    const response = await exchange(back.searchParams.get("code"), {}, { origin: "http://localhost:4111" });
    expect(response.status).toBe(400);
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("signing out", () => {
  const endUrl = (search: Record<string, string>) => `${provider.issuer}/session/end?${new URLSearchParams(search)}`;

  it("comes back at once with the state, and forgets the agent", async () => {
    const { browser, back } = await choose("culture");
    const { id_token } = await (await exchange(back.searchParams.get("code"))).json();
    const search = { id_token_hint: id_token, state, post_logout_redirect_uri: postLogoutUri };
    const response = await browser.send(endUrl(search));
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`${postLogoutUri}?state=${state}`);
    expect((await choose("culture", {}, browser)).html).not.toBe("");
    expect((await aBrowser().send(endUrl(search))).headers.get("location")).toBe(`${postLogoutUri}?state=${state}`);
  });

  it("refuses to sign out without a state", async () => {
    const response = await fetch(endUrl({ client_id: client.clientId, post_logout_redirect_uri: postLogoutUri }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Y000400");
  });

  it("refuses another return address with Y030111", async () => {
    const search = { client_id: client.clientId, state, post_logout_redirect_uri: `${postLogoutUri}/` };
    const response = await fetch(endUrl(search), { headers: { accept: "text/html" } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Y030111");
  });
});

it("keeps its signing key in the file it is given, readable by its owner alone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "identity-"));
  const keyFile = join(folder, "keys", "identity-provider.json");
  const options = { ...client, port: PORT + 1, keyFile };
  const published = async () => {
    const one = await startIdentityProvider(options);
    const keys = await (await fetch(`${one.issuer}/jwks`)).text();
    await one.close();
    return keys;
  };
  expect(await published()).toBe(await published());
  expect(JSON.parse(readFileSync(keyFile, "utf8"))).toHaveProperty("d");
  rmSync(folder, { recursive: true });
});
