import { createPrivateKey, generateKeyPairSync, type JsonWebKey, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { dirname } from "node:path";
import { Provider } from "oidc-provider";
import {
  BASE,
  configuration,
  endLogoutWithoutConfirmation,
  type IdentityProviderClient,
} from "./identity-provider-configuration.ts";
import { choicePage, errorPage, privateSectorPage } from "./identity-provider-pages.ts";
import { authorizeProblem, scopeNotGranted } from "./proconnect-rules.ts";
import { type TestAgent, testAgents } from "./test-agents.ts";

export type IdentityProviderOptions = IdentityProviderClient & {
  port: number;
  /** Keeps the signing key from one start to the next, so that sessions opened before a restart can still sign out. */
  keyFile?: string;
};

/** Serves the stand-in for ProConnect on 127.0.0.1. */
export async function startIdentityProvider({
  port,
  keyFile,
  ...client
}: IdentityProviderOptions): Promise<{ issuer: string; close(): Promise<void> }> {
  const issuer = `http://127.0.0.1:${port}${BASE}`;
  const server = createServer(
    identityProvider({ issuer, signingKey: keyFile ? keptKey(keyFile) : newKey(), ...client }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const newKey = (): JsonWebKey =>
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

function keptKey(file: string): JsonWebKey {
  if (existsSync(file)) {
    const kept: JsonWebKey = JSON.parse(readFileSync(file, "utf8"));
    return createPrivateKey({ key: kept, format: "jwk" }).export({ format: "jwk" });
  }
  const key = newKey();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  return key;
}

/** The same, for a server of one's own: behaves like ProConnect, and is strict where ProConnect is strict. */
export function identityProvider({
  issuer,
  signingKey,
  ...client
}: IdentityProviderClient & { issuer: string; signingKey: JsonWebKey }): RequestListener {
  const provider = new Provider(issuer, configuration(client, signingKey));
  provider.use(endLogoutWithoutConfirmation);
  const oidc = provider.callback();

  return (request, response) => {
    answer(request, response).catch(() => sendPage(response, 400, errorPage, "Y030110", "session not found"));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", issuer);
    if (!url.pathname.startsWith(BASE)) {
      sendPage(response, 404, errorPage, "Y000404", "not found");
      return;
    }
    if (url.pathname.startsWith(`${BASE}/interaction/`)) return interaction(request, response, url.pathname);
    if (url.pathname === `${BASE}/authorize` && refuseAuthorize(url, response)) return;
    if (url.pathname === `${BASE}/session/end` && !url.searchParams.get("state")) {
      sendPage(response, 400, errorPage, "Y000400", "state should not be empty");
      return;
    }
    // The provider takes client_secret_basic for client_secret_post, as the standard lets it; ProConnect does not.
    if (url.pathname === `${BASE}/token` && /^basic /i.test(request.headers.authorization ?? "")) {
      response.writeHead(401, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify({ error: "invalid_client", error_description: "client authentication failed" }));
      return;
    }
    // ProConnect accepts response_mode and ignores it.
    url.searchParams.delete("response_mode");
    // What mounting under a path means for the provider: `url` without it, `originalUrl` with it.
    const path = `${url.pathname}${url.search}`;
    Object.assign(request, { originalUrl: path, url: path.slice(BASE.length) });
    await oidc(request, response);
  }

  function refuseAuthorize(url: URL, response: ServerResponse): boolean {
    const problem = authorizeProblem(url.searchParams);
    if (problem) {
      sendPage(response, 400, errorPage, "Y000400", problem);
      return true;
    }
    const target = url.searchParams.get("redirect_uri") ?? "";
    const scope = scopeNotGranted(url.searchParams);
    if (!scope || !client.redirectUris.includes(target)) return false;
    const back = new URL(target);
    back.search = new URLSearchParams({
      error: "invalid_scope",
      error_description: "requested scope is not allowed",
      scope,
      state: url.searchParams.get("state") ?? "",
      iss: issuer,
    }).toString();
    response.writeHead(303, { location: back.href }).end();
    return true;
  }

  async function interaction(request: IncomingMessage, response: ServerResponse, action: string): Promise<void> {
    const details = await provider.interactionDetails(request, response);
    const form = request.method === "POST" ? new URLSearchParams(await readBody(request)) : new URLSearchParams();
    const key = form.get("agent") ?? "";
    const agent = Object.hasOwn(testAgents, key) ? testAgents[key] : undefined;
    if (!agent) return sendPage(response, 200, choicePage, testAgents, action);

    if (agent.outcome === "refused_private_sector" && !form.has("retour"))
      return sendPage(response, 403, privateSectorPage, key, action);
    const { session } = details;
    if (session && session.accountId !== agent.sub) {
      // Another agent than the one signed in here: their session ends, and this one starts afresh.
      await (await provider.Session.findByUid(session.uid))?.destroy();
      delete details.session;
      await details.save(details.exp - Math.floor(Date.now() / 1000));
    }
    await provider.interactionFinished(request, response, resultFor(agent), { mergeWithLastSubmission: false });
  }

  function sendPage<Args extends unknown[]>(
    response: ServerResponse,
    status: number,
    page: (...args: [...Args, nonce: string]) => string,
    ...args: Args
  ): void {
    const nonce = randomBytes(16).toString("base64");
    // Browsers check form-action on redirects too, and choosing an agent ends at the client.
    const origins = [...new Set(client.redirectUris.map((uri) => new URL(uri).origin))].join(" ");
    response.writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; form-action 'self' ${origins}; base-uri 'none'; frame-ancestors 'none'`,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    response.end(page(...args, nonce));
  }
}

function resultFor(agent: TestAgent) {
  switch (agent.outcome) {
    case "signs_in":
      return { login: { accountId: agent.sub, acr: agent.acr, amr: agent.amr } };
    case "refused_private_sector":
      return { error: "access_denied", error_description: "Y500015" };
    case "server_error":
      return { error: "server_error", error_description: "authentication aborted due to a technical error" };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 10_000) throw new Error("body too large");
  }
  return text;
}
