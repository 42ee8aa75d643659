import { isLoopbackAddress, isPublicAddress } from "./public-address";
import { hostAndPort, isLocalName, literalAddress } from "./web-address";
import { WebFailure } from "./web-failure";

/** The addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (hostname: string) => Promise<string[]>;

export type EgressRules = {
  /** Names and `*.suffix` patterns; empty for all the public network. */
  allowedHosts: readonly string[];
  /** `host:port` that may be on this machine, and are then outside every other rule. Never in production. */
  allowLoopback: readonly string[];
};

/** May this address be connected to? Throws `not_allowed` or `private`, whatever the resolver would say. */
export function requireAllowedHost(url: URL, { allowedHosts, allowLoopback }: EgressRules): void {
  if (allowLoopback.includes(hostAndPort(url))) return;
  const literal = literalAddress(url);
  if (literal === null ? isLocalName(url.hostname) : !isPublicAddress(literal)) throw new WebFailure("private");
  if (allowedHosts.length > 0 && !allowedHosts.some((pattern) => isMatch(pattern, url.hostname)))
    throw new WebFailure("not_allowed");
}

/** The addresses to connect to, each of them checked: one that is not public refuses them all. Rejects as `resolve` does. */
export async function requireAllowedAddresses(url: URL, rules: EgressRules, resolve: Resolve): Promise<string[]> {
  const addresses = await addressesOf(url, resolve);
  const mayBeLoopback = rules.allowLoopback.includes(hostAndPort(url));
  const isAllowed = (address: string) => isPublicAddress(address) || (mayBeLoopback && isLoopbackAddress(address));
  if (!addresses.every(isAllowed)) throw new WebFailure("private");
  return addresses;
}

async function addressesOf(url: URL, resolve: Resolve): Promise<string[]> {
  const literal = literalAddress(url);
  if (literal !== null) return [literal];
  const addresses = await resolve(url.hostname);
  if (addresses.length === 0) throw new WebFailure("unreachable");
  return addresses;
}

/** `*.gouv.fr` is every name under gouv.fr, at any depth, and not gouv.fr itself. */
const isMatch = (pattern: string, hostname: string) =>
  pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
