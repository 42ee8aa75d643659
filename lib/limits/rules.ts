/** What is counted, and for whom. */
export type LimitName = "agentMessages" | "organizationMessages" | "agentTokens" | "organizationTokens";

/** At most this many in a window; 0: no limit. */
export type Limits = Record<LimitName, number>;

export const isMessageLimit = (name: LimitName) => name === "agentMessages" || name === "organizationMessages";

/** A window of time: messages are counted by the minute, tokens by the day of Paris. */
export type Window = { name: string; endsAt: Date };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export function minuteOf(now: Date): Window {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  return { name: `minute-${minute}`, endsAt: new Date((minute + 1) * MINUTE_MS) };
}

/** From midnight to midnight in Paris: 23 or 25 hours when the clocks change. */
export function parisDayOf(now: Date): Window {
  const today = wallClock(now).slice(0, 10);
  const midnight = Date.parse(`${today}T00:00:00Z`) + DAY_MS;
  // The clocks change at 01:00 UTC, so that an hour before this « midnight » is on the same side of it as midnight itself.
  const endsAt = new Date(midnight - parisOffsetMs(new Date(midnight - HOUR_MS)));
  return { name: `day-${today}`, endsAt };
}

const paris = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Paris",
  dateStyle: "short",
  timeStyle: "medium",
});

/** Such as « 2026-07-03 14:05:09 », in Paris. */
const wallClock = (at: Date): string => paris.format(at);

const parisOffsetMs = (at: Date): number => {
  const seconds = Math.floor(at.getTime() / 1000) * 1000;
  return Date.parse(`${wallClock(at).replace(" ", "T")}Z`) - seconds;
};

export const windowOf = (name: LimitName, now: Date): Window =>
  isMessageLimit(name) ? minuteOf(now) : parisDayOf(now);
