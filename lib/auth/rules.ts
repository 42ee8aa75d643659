/** A session ends after this, whatever the activity. */
export const SESSION_HOURS_MAX = 12;
/** A session ends after this without activity. */
export const SESSION_IDLE_MINUTES_MAX = 120;
/** Activity is written down at most this often. */
export const SESSION_SEEN_EVERY_SECONDS = 60;
/** When the screen warns that the session is about to end. */
export const SESSION_WARNING_MINUTES = 5;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

type SessionMoments = { seenAt: Date; expiresAt: Date };

export const newSessionExpiry = (now: Date) => new Date(now.getTime() + SESSION_HOURS_MAX * HOUR_MS);

/** A session last seen at or before this moment is idle. */
export const idleSince = (now: Date) => new Date(now.getTime() - SESSION_IDLE_MINUTES_MAX * MINUTE_MS);

function sessionEnd({ seenAt, expiresAt }: SessionMoments): { idleEndsAt: Date; endsAt: Date } {
  return { idleEndsAt: new Date(seenAt.getTime() + SESSION_IDLE_MINUTES_MAX * MINUTE_MS), endsAt: expiresAt };
}

export const isActivityDue = (seenAt: Date, now: Date) =>
  now.getTime() - seenAt.getTime() >= SESSION_SEEN_EVERY_SECONDS * 1000;

/** What the browser needs to know of its session. */
export type SessionLeft = {
  secondsLeft: number;
  /** False when the absolute end is what comes next: activity changes nothing. */
  canExtend: boolean;
};

export function sessionLeft(moments: SessionMoments, now: Date): SessionLeft {
  const { idleEndsAt, endsAt } = sessionEnd(moments);
  const end = Math.min(idleEndsAt.getTime(), endsAt.getTime());
  return { secondsLeft: Math.max(0, Math.floor((end - now.getTime()) / 1000)), canExtend: idleEndsAt < endsAt };
}

/** Levels of assurance that include a second factor. */
const MFA_ACR_VALUES = ["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"] as const;

export const isMfa = (acr: string | undefined) => (MFA_ACR_VALUES as readonly (string | undefined)[]).includes(acr);

/** The `claims` parameter of the request to ProConnect. */
export const requestedClaims = (requireMfa: boolean) =>
  JSON.stringify({
    id_token: { acr: requireMfa ? { essential: true, values: MFA_ACR_VALUES } : null, amr: null },
  });

export const hasAllowedRole = (roles: readonly string[], allowed: readonly string[]) =>
  roles.some((role) => allowed.includes(role));

/** The same e-mail with a new `sub` is the same agent only when both SIRET are known and equal. */
export const isSameAgent = (known: { siret: string | null }, claimed: { siret: string | null }) =>
  known.siret !== null && known.siret === claimed.siret;

/** Why someone could not sign in, or must again; each has a sentence in `messages.auth.refusals` and a word in the URL. */
const REFUSAL_WORDS = {
  private_sector: "secteur-prive",
  not_allowed: "acces-reserve",
  claim_pending: "compte-a-rattacher",
  account_disabled: "compte-desactive",
  mfa_missing: "double-authentification",
  proconnect_down: "proconnect-indisponible",
  wrong_state: "demande-perimee",
  clock_skew: "horloge",
  cancelled: "connexion-abandonnee",
  session_ended: "session-terminee",
  sign_in_failed: "connexion-impossible",
} as const;

export type SignInRefusal = keyof typeof REFUSAL_WORDS;

export const SIGN_IN_REFUSALS = Object.keys(REFUSAL_WORDS) as SignInRefusal[];

export const findRefusal = (word: string | undefined) =>
  SIGN_IN_REFUSALS.find((refusal) => REFUSAL_WORDS[refusal] === word) ?? null;

/** Refusals of an account: the agent may have another, which ProConnect must let them choose. */
export const isAboutAccount = (refusal: SignInRefusal | null) =>
  refusal !== null &&
  ["private_sector", "not_allowed", "claim_pending", "account_disabled", "mfa_missing"].includes(refusal);

/** The sign-in page, which comes back to `path` afterwards. */
export function signInPath({ refusal, path }: { refusal?: SignInRefusal | undefined; path?: string | undefined }) {
  const search = new URLSearchParams();
  if (refusal) search.set("erreur", REFUSAL_WORDS[refusal]);
  const back = safeReturnPath(path);
  if (back !== "/") search.set("retour", back);
  return search.size > 0 ? `/connexion?${search}` : "/connexion";
}

/** What visitors may see. Everything else sends them to sign in; only pages' own gates decide, this is a courtesy. */
const PUBLIC_PATHS = [
  "accueil",
  "connexion",
  "deconnexion",
  "mentions-legales",
  "donnees-personnelles",
  "accessibilite",
  "aide",
  "plan-du-site",
  "compte-supprime",
  "galerie",
];

export const isPublicPath = (pathname: string) => PUBLIC_PATHS.includes(pathname.split("/")[1] ?? "");

const NOWHERE = "http://nowhere.invalid";
const NEVER_A_RETURN = /^\/(api|connexion|deconnexion)(\/|$)/;

/** `value` when it is a path of this site that a browser cannot read otherwise; else the home page. */
export function safeReturnPath(value: string | null | undefined): string {
  if (!value?.startsWith("/") || value.length > 2000) return "/";
  // Backslashes are slashes to browsers, and control characters are dropped by them.
  if (/[\\\p{Cc}]/u.test(value) || /^\/+(%2f|%5c)/i.test(value)) return "/";
  const url = URL.canParse(value, NOWHERE) ? new URL(value, NOWHERE) : null;
  // Checked after resolution: "/.//evil" becomes "//evil".
  if (url?.origin !== NOWHERE || url.pathname.startsWith("//") || NEVER_A_RETURN.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

const BROWSERS = [
  ["Firefox", /firefox\//i],
  ["Edge", /edg(e|a|ios)?\//i],
  ["Opera", /opr\//i],
  ["Chrome", /(chrome|chromium|crios)\//i],
  ["Safari", /safari\//i],
] as const;
const SYSTEMS = [
  ["Android", /android/i],
  ["iOS", /iphone|ipad|ipod/i],
  ["Windows", /windows/i],
  ["macOS", /mac os x|macintosh/i],
  ["Linux", /linux|x11/i],
] as const;

/** Browser and system in short, such as « Firefox, Windows ». */
export function toDevice(userAgent: string | null): string {
  const named = (list: typeof BROWSERS | typeof SYSTEMS) =>
    list.find(([, pattern]) => pattern.test(userAgent ?? ""))?.[0];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(", ") || "Appareil inconnu";
}
