/** What ProConnect accepts on /authorize. Anything else is refused with Y000400. */
const ACCEPTED_PARAMETERS = new Set([
  "response_type",
  "client_id",
  "redirect_uri",
  "scope",
  "state",
  "nonce",
  "claims",
  "prompt",
  "login_hint",
  "idp_hint",
  "siret_hint",
  "acr_values",
  "response_mode",
  "code_challenge",
  "code_challenge_method",
]);

/** Scope → claims it gives. */
export const SCOPE_CLAIMS: Record<string, string[]> = {
  openid: ["sub"],
  given_name: ["given_name"],
  usual_name: ["usual_name"],
  email: ["email"],
  uid: ["uid"],
  siret: ["siret"],
  idp_id: ["idp_id"],
  organization_label: ["organization_label"],
  roles: ["roles"],
};

const SECRET_CHARACTERS_MIN = 32;

/** Why ProConnect would answer Y000400 to these parameters, or null. */
export function authorizeProblem(params: URLSearchParams): string | null {
  for (const name of params.keys()) {
    if (!ACCEPTED_PARAMETERS.has(name)) return `property ${name} should not exist`;
    if (params.getAll(name).length > 1) return `${name} must be given once`;
  }
  for (const name of ["client_id", "redirect_uri", "scope"]) {
    if (!params.get(name)) return `${name} should not be empty`;
  }
  if (params.get("response_type") !== "code") return "response_type must be code";
  for (const name of ["state", "nonce"]) {
    if ((params.get(name) ?? "").length < SECRET_CHARACTERS_MIN)
      return `${name} must have at least ${SECRET_CHARACTERS_MIN} characters`;
  }
  const method = params.get("code_challenge_method");
  if (params.has("code_challenge") !== (method !== null) || (method !== null && method !== "S256"))
    return "code_challenge_method must be S256";
  const hint = params.get("login_hint");
  if (hint !== null && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(hint)) return "login_hint must be an email";
  if (params.has("siret_hint") && !/^\d{14}$/.test(params.get("siret_hint") ?? ""))
    return "siret_hint must have 14 digits";
  return null;
}

/** The first requested scope that the client was not granted, or null. */
export function scopeNotGranted(params: URLSearchParams): string | null {
  const asked = (params.get("scope") ?? "").split(" ").filter(Boolean);
  return asked.find((scope) => !(scope in SCOPE_CLAIMS)) ?? null;
}
