import type { RobotsRules } from "./robots-rules";
import { isWebFailure } from "./web-failure";

export type FetchedRobots = { rules: RobotsRules; characters: number };

const KEPT_MS = 60 * 60 * 1_000;
/** A site that failed is asked again soon. */
const FAILURE_KEPT_MS = 60 * 1_000;
/** All files together, each counted whole. */
const CHARACTERS_MAX = 8_000_000;
/** What a file costs beside its own text. */
const ENTRY_CHARACTERS = 1_000;

type Entry = { rules: Promise<RobotsRules>; characters: number; expiresAt: number };

/**
 * The robots.txt of each origin, asked once an hour, or after a minute when it could not be had; the least recently used
 * leave first. Rejects as `fetchRobots` does.
 */
export function createRobotsCache(
  fetchRobots: (origin: string) => Promise<FetchedRobots>,
  { now = Date.now, charactersMax = CHARACTERS_MAX }: { now?: () => number; charactersMax?: number } = {},
): (origin: string) => Promise<RobotsRules> {
  const entries = new Map<string, Entry>();
  let characters = 0;

  const forget = (origin: string, entry: Entry) => {
    if (entries.get(origin) !== entry) return;
    entries.delete(origin);
    characters -= entry.characters;
  };

  const weigh = (entry: Entry, weight: number) => {
    characters += weight - entry.characters;
    entry.characters = weight;
    for (const [oldest, old] of entries) {
      if (characters <= charactersMax) return;
      forget(oldest, old);
    }
  };

  const ask = (origin: string): Entry => {
    const fetched = fetchRobots(origin);
    const entry: Entry = {
      rules: fetched.then(({ rules }) => rules),
      characters: 0,
      expiresAt: Number.POSITIVE_INFINITY,
    };
    entries.set(origin, entry);
    fetched.then(
      (robots) => {
        if (entries.get(origin) !== entry) return;
        entry.expiresAt = now() + KEPT_MS;
        weigh(entry, robots.characters + ENTRY_CHARACTERS);
      },
      (error) => {
        // Too slow may be our own doing, when the host was busy with other pages.
        if (isWebFailure(error) && error.code === "timeout") return forget(origin, entry);
        entry.expiresAt = now() + FAILURE_KEPT_MS;
        if (entries.get(origin) === entry) weigh(entry, ENTRY_CHARACTERS);
      },
    );
    entry.rules.catch(() => {}); // those who wait for it see it
    return entry;
  };

  return (origin) => {
    const known = entries.get(origin);
    if (known && known.expiresAt > now()) {
      entries.delete(origin);
      entries.set(origin, known);
      return known.rules;
    }
    if (known) forget(origin, known);
    return ask(origin).rules;
  };
}
