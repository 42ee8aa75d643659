import "server-only";
import type { AppSettings } from "@/lib/env";
import { reportFailure } from "@/lib/telemetry/report";
import { openSession } from "./mutations";
import { hasAllowedRole, isMfa, type SignInRefusal } from "./rules";
import { proconnectClaims } from "./schema";

type SignIn = { claims: unknown; idToken: string | undefined; device: string; replaces: string | null };
type Admission = { ok: true; sessionId: string } | { ok: false; refusal: SignInRefusal };

/** Decides whether someone ProConnect vouches for may come in, and opens their session. */
export async function admit(settings: AppSettings, { claims, idToken, ...browser }: SignIn): Promise<Admission> {
  const parsed = proconnectClaims.safeParse(claims);
  if (!parsed.success || !idToken) return { ok: false, refusal: "sign_in_failed" };
  const identity = parsed.data;
  if (!hasAllowedRole(identity.roles, settings.ACCESS_ALLOWED_ROLES)) return { ok: false, refusal: "not_allowed" };
  if (settings.PROCONNECT_REQUIRE_MFA && !isMfa(identity.acr)) return { ok: false, refusal: "mfa_missing" };
  try {
    return await openSession(identity, { idToken, ...browser });
  } catch (error) {
    // Caught here: next-auth would put the error's message in the address bar.
    reportFailure(error, { operation: "sign_in" });
    return { ok: false, refusal: "sign_in_failed" };
  }
}
