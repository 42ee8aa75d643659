import type { WebResult } from "./schema";

const PER_HOST_MAX = 3;
/** An official result passes at most so many that the engine placed before it. */
const PLACES_WON = 4;

/**
 * Whether an address is of one of the domains: `insee.fr` is that domain and those under it, `*.gouv.fr` only those under it,
 * `127.0.0.1:3003` that host with that port. A name that merely ends alike (`evil-insee.fr`, `gouv.fr.evil.com`) is not.
 */
export function isPreferred(address: string, domains: readonly string[]): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  const hostname = url.hostname.replace(/\.$/, "");
  return domains.some((domain) => {
    if (domain.includes(":")) return url.host === domain;
    const parent = domain.replace(/^\*\./, "");
    return hostname.endsWith(`.${parent}`) || (parent === domain && hostname === parent);
  });
}

/**
 * Official results up, but not whatever they are worth: each passes at most four of those that the engine placed before it, so
 * that its very first result is never below the fifth place. Both kinds stay in the engine's order.
 */
export function preferOfficial(results: readonly WebResult[], domains: readonly string[]): WebResult[] {
  return results
    .map((result, place) => ({ result, rank: isPreferred(result.url, domains) ? place - PLACES_WON - 0.5 : place }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ result }) => result);
}

/** At most three results of one site, the first ones. */
export function withoutCrowding(results: readonly WebResult[]): WebResult[] {
  const counts = new Map<string, number>();
  return results.filter(({ url }) => {
    const host = new URL(url).host.replace(/^www\./, "");
    const count = (counts.get(host) ?? 0) + 1;
    counts.set(host, count);
    return count <= PER_HOST_MAX;
  });
}
