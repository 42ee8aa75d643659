import { type JsonWebKey, randomBytes } from "node:crypto";
import { type Configuration, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import { errorPage, signedOutPage } from "./identity-provider-pages.ts";
import { memoryStore } from "./identity-provider-store.ts";
import { SCOPE_CLAIMS } from "./proconnect-rules.ts";
import { type TestAgent, testAgents } from "./test-agents.ts";

/** Where the provider is mounted, as ProConnect's. */
export const BASE = "/api/v2";
const SESSION_SECONDS = 12 * 60 * 60;
const CODE_SECONDS = 60;

export type IdentityProviderClient = {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
};

export function configuration(client: IdentityProviderClient, signingKey: JsonWebKey): Configuration {
  const policy = interactionPolicy.base();
  // An identity provider without a second factor answers with what it has: the service must check `acr` itself.
  policy.get("login")?.checks.remove("essential_acrs");
  policy.remove("consent");

  return {
    adapter: memoryStore(),
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: client.redirectUris,
        post_logout_redirect_uris: client.postLogoutRedirectUris,
        token_endpoint_auth_method: "client_secret_post",
        id_token_signed_response_alg: "RS256",
        userinfo_signed_response_alg: "RS256",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [{ ...signingKey, use: "sig", alg: "RS256" }] } as NonNullable<Configuration["jwks"]>,
    routes: {
      authorization: "/authorize",
      token: "/token",
      userinfo: "/userinfo",
      end_session: "/session/end",
      jwks: "/jwks",
      introspection: "/token/introspection",
      revocation: "/token/revocation",
    },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: () => {}, postLogoutSuccessSource: () => {} },
    },
    scopes: Object.keys(SCOPE_CLAIMS),
    claims: { ...SCOPE_CLAIMS, acr: null, amr: null, auth_time: null, sid: null, iss: null },
    acrValues: ["eidas0", "eidas0-mfa", "eidas1", "eidas1-mfa", "eidas2", "eidas3"],
    clientAuthMethods: ["client_secret_post"],
    responseTypes: ["code"],
    extraParams: ["idp_hint", "siret_hint"],
    clientBasedCORS: () => false,
    clockTolerance: 0,
    cookies: { keys: [randomBytes(32).toString("hex")] },
    enabledJWA: { idTokenSigningAlgValues: ["RS256"], userinfoSigningAlgValues: ["RS256"] },
    interactions: { policy, url: (_ctx, { uid }) => `${BASE}/interaction/${uid}` },
    issueRefreshToken: () => true,
    pkce: { required: () => false },
    renderError,
    ttl: {
      AccessToken: 60 * 60,
      AuthorizationCode: CODE_SECONDS,
      Grant: SESSION_SECONDS,
      IdToken: 60 * 60,
      Interaction: 60 * 60,
      RefreshToken: SESSION_SECONDS,
      Session: SESSION_SECONDS,
    },
    findAccount: (_ctx, sub) => {
      const agent = Object.values(testAgents).find((one) => one.sub === sub);
      return agent && { accountId: sub, claims: () => ({ ...claimsOf(agent), sub }) };
    },
    loadExistingGrant: async (ctx) => {
      // Agents are not asked for their consent: the service was authorised for these scopes.
      const grant = new ctx.oidc.provider.Grant({
        accountId: ctx.oidc.session?.accountId ?? "",
        clientId: client.clientId,
      });
      grant.addOIDCScope(Object.keys(SCOPE_CLAIMS).join(" "));
      await grant.save();
      return grant;
    },
  };
}

const claimsOf = (agent: TestAgent) => ({
  given_name: agent.givenName,
  usual_name: agent.usualName,
  email: agent.email,
  uid: agent.sub,
  siret: agent.siret,
  idp_id: agent.idpId,
  organization_label: agent.organizationLabel,
  roles: agent.roles,
});

type ErrorContext = Pick<KoaContextWithOIDC, "set" | "path"> & { type: string; body: unknown };

function renderError(ctx: ErrorContext, out: { error: string; error_description?: string | undefined }): void {
  const nonce = randomBytes(16).toString("base64");
  ctx.set(
    "content-security-policy",
    `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
  );
  ctx.type = "html";
  ctx.body = errorPage(errorCode(out), out.error_description ?? out.error, nonce);
}

function errorCode({
  error,
  error_description = "",
}: {
  error: string;
  error_description?: string | undefined;
}): string {
  if (error === "invalid_redirect_uri") return "Y030031";
  if (error_description.startsWith("post_logout_redirect_uri")) return "Y030111";
  if (error_description.includes("interaction session") || error_description.includes("has expired")) return "Y030110";
  return "Y000400";
}

/** Signing out ends at the service at once: the hint and the state prove where the request comes from. */
export async function endLogoutWithoutConfirmation(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (ctx.path !== "/session/end" || ctx.status >= 400) return;
  const { session, params } = ctx.oidc;
  await session?.destroy();
  ctx.remove("content-security-policy");
  const target = params?.post_logout_redirect_uri;
  if (typeof target === "string") {
    const back = new URL(target);
    back.searchParams.set("state", String(params?.state ?? ""));
    ctx.body = "";
    ctx.status = 303;
    ctx.redirect(back.href);
    return;
  }
  const nonce = randomBytes(16).toString("base64");
  ctx.set(
    "content-security-policy",
    `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
  );
  ctx.type = "html";
  ctx.body = signedOutPage(nonce);
}
