import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { AppSettings } from "@/lib/env";
import { requestedClaims } from "./rules";

const PROCONNECT = "proconnect";

const SCOPES = "openid given_name usual_name email uid siret idp_id organization_label roles";
const ANSWER_TIMEOUT_MS = 10_000;

const wellKnown = ({ PROCONNECT_ISSUER }: AppSettings) => `${PROCONNECT_ISSUER}/.well-known/openid-configuration`;

/** ProConnect as a next-auth provider. */
export function proconnect(settings: AppSettings): OAuthConfig<Record<string, unknown>> {
  const algorithm = settings.PROCONNECT_SIGNING_ALG;
  return {
    id: PROCONNECT,
    name: "ProConnect",
    type: "oauth",
    wellKnown: wellKnown(settings),
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: settings.PROCONNECT_CLIENT_ID,
    clientSecret: settings.PROCONNECT_CLIENT_SECRET,
    client: {
      token_endpoint_auth_method: "client_secret_post",
      id_token_signed_response_alg: algorithm,
      userinfo_signed_response_alg: algorithm,
    },
    authorization: { params: { scope: SCOPES, claims: requestedClaims(settings.PROCONNECT_REQUIRE_MFA) } },
    httpOptions: { timeout: ANSWER_TIMEOUT_MS },
    userinfo: {
      request: async ({ client, tokens }) => {
        if (client.issuer.issuer !== settings.PROCONNECT_ISSUER) throw new Error("unexpected issuer");
        const { access_token } = tokens;
        if (!access_token) throw new Error("no access token");
        // Verifies the signature, and that `sub` is the ID token's; `iss` and `aud` only when they are there.
        const userinfo = await client.userinfo<Record<string, unknown>>(
          tokens as Parameters<typeof client.userinfo>[0],
        );
        if (userinfo.iss === undefined || userinfo.aud === undefined)
          throw new Error("userinfo without issuer or audience");
        return { ...userinfo, ...claimsOf(tokens) };
      },
    },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

// next-auth types the tokens as plain parameters; they are openid-client's TokenSet.
const claimsOf = (tokens: object): Record<string, unknown> & { sub: string } =>
  (tokens as { claims(): Record<string, unknown> & { sub: string } }).claims();

const discovery = z.object({ issuer: z.string(), end_session_endpoint: z.url({ protocol: /^https?$/ }) });

/** Where the browser goes to end its session at ProConnect too; null when ProConnect does not say. */
export async function findEndSessionUrl(
  settings: AppSettings,
  { idToken, state }: { idToken: string; state: string },
): Promise<string | null> {
  try {
    const response = await fetch(wellKnown(settings), { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS / 2) });
    const { issuer, end_session_endpoint } = discovery.parse(await response.json());
    if (issuer !== settings.PROCONNECT_ISSUER) return null;
    const url = new URL(end_session_endpoint);
    url.searchParams.set("id_token_hint", idToken);
    url.searchParams.set("state", state);
    url.searchParams.set("post_logout_redirect_uri", postLogoutRedirectUri(settings));
    return url.href;
  } catch {
    return null; // ProConnect is down: the session ends here, and the one there in its own time
  }
}

const postLogoutRedirectUri = ({ APP_URL }: AppSettings) => new URL("/deconnexion", APP_URL).href;
