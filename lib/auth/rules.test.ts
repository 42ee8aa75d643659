import { describe, expect, it } from "vitest";
import messages from "@/messages/fr.json";
import {
  findRefusal,
  hasAllowedRole,
  isActivityDue,
  isMfa,
  isPublicPath,
  isSameAgent,
  SESSION_HOURS_MAX,
  SESSION_IDLE_MINUTES_MAX,
  SESSION_SEEN_EVERY_SECONDS,
  SIGN_IN_REFUSALS,
  safeReturnPath,
  sessionLeft,
  signInPath,
  toDevice,
} from "./rules";

const now = new Date("2026-03-29T00:30:00Z");
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

it("pins the promised lengths of a session: 12 hours at most, 2 hours idle", () => {
  expect([SESSION_HOURS_MAX, SESSION_IDLE_MINUTES_MAX]).toEqual([12, 120]);
});

it("counts down to whichever end comes first, and says whether activity can move it", () => {
  expect(sessionLeft({ seenAt: now, expiresAt: after(720) }, now)).toEqual({ secondsLeft: 7200, canExtend: true });
  expect(sessionLeft({ seenAt: now, expiresAt: after(5) }, now)).toEqual({ secondsLeft: 300, canExtend: false });
  expect(sessionLeft({ seenAt: now, expiresAt: after(5) }, after(6)).secondsLeft).toBe(0);
});

it("writes activity down at most once a minute", () => {
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  expect(isActivityDue(now, later(SESSION_SEEN_EVERY_SECONDS - 1))).toBe(false);
  expect(isActivityDue(now, later(SESSION_SEEN_EVERY_SECONDS))).toBe(true);
});

it.each([
  ["eidas0", false],
  ["eidas1", false],
  [undefined, false],
  ["eidas0-mfa", true],
  ["eidas1-mfa", true],
  ["eidas2", true],
  ["eidas3", true],
])("reads from acr %s whether there was a second factor: %s", (acr, expected) => {
  expect(isMfa(acr)).toBe(expected);
});

it("lets in whoever has one of the allowed roles", () => {
  expect(hasAllowedRole(["agent_public", "autre"], ["agent_public"])).toBe(true);
  expect(hasAllowedRole([], ["agent_public"])).toBe(false);
  expect(hasAllowedRole(["agent_public"], [])).toBe(false);
});

it("takes two identities for one agent only when both SIRET are known and equal", () => {
  const a = "11004601800013";
  expect(isSameAgent({ siret: a }, { siret: a })).toBe(true);
  expect(isSameAgent({ siret: a }, { siret: "11006801200050" })).toBe(false);
  expect(isSameAgent({ siret: null }, { siret: null })).toBe(false);
  expect(isSameAgent({ siret: a }, { siret: null })).toBe(false);
});

describe("the path to come back to", () => {
  it.each([
    "/",
    "/conversations/abc",
    "/parametres?onglet=sessions#bas",
    "/recherche?q=a%2Fb",
    "/recherche?q=https://x.fr",
  ])("keeps %s", (path) => expect(safeReturnPath(path)).toBe(path));

  it.each([
    undefined,
    null,
    "",
    "conversations",
    "https://evil.example",
    "javascript:alert(1)",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\\\evil.example",
    "/%2fevil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/connexion?retour=/",
    "/deconnexion",
    "/api/auth/csrf",
    `/${"a".repeat(2001)}`,
  ])("replaces %j with the home page", (path) => {
    expect(safeReturnPath(path)).toBe("/");
  });

  it("stays on this site whatever is asked, as a browser reads it", () => {
    for (const path of ["/;//evil", "/@evil", "/:80", "/%09/evil", "/a//b", "/?//evil", "/#//evil"])
      expect(new URL(safeReturnPath(path), "https://service.fr").origin).toBe("https://service.fr");
  });
});

it("gives each refusal a word in the address, read back, and a sentence with a contact", () => {
  for (const refusal of SIGN_IN_REFUSALS) {
    const word = new URL(signInPath({ refusal }), "http://x").searchParams.get("erreur") ?? "";
    expect(findRefusal(word)).toBe(refusal);
    expect(messages.auth.refusals[refusal]).toContain("<contact>{email}</contact>");
  }
  expect(Object.keys(messages.auth.refusals).sort()).toEqual([...SIGN_IN_REFUSALS].sort());
  expect(findRefusal("autre")).toBeNull();
  expect(findRefusal("toString")).toBeNull();
});

it("knows public pages from private ones", () => {
  for (const path of ["/accueil", "/connexion", "/mentions-legales", "/accessibilite", "/aide"])
    expect(isPublicPath(path)).toBe(true);
  for (const path of ["/", "/conversations/a", "/parametres", "/accueilx"]) expect(isPublicPath(path)).toBe(false);
});

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
    "Chrome, Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0",
    "Edge, Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1",
    "Safari, iOS",
  ],
  ["Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36", "Chrome, Android"],
  ["curl/8", "Appareil inconnu"],
  [null, "Appareil inconnu"],
])("says in short what %s is", (userAgent, expected) => {
  expect(toDevice(userAgent)).toBe(expected);
});
