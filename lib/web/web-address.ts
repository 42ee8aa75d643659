import { WebFailure } from "./web-failure";

const CHARACTERS_MAX = 2_048;
const HOST_CHARACTERS_MAX = 253;
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const PORTS = ["80", "443"];

/** Names that never lead to the public network: RFC 6761 and 9476, and what local networks commonly call themselves. */
const LOCAL_SUFFIXES = [
  "alt",
  "arpa",
  "corp",
  "example",
  "home",
  "internal",
  "intranet",
  "invalid",
  "lan",
  "local",
  "localdomain",
  "localhost",
  "onion",
  "private",
  "test",
];

/**
 * An address of a page, without its fragment, its host in ASCII and without a final dot, so that two ways to write it are
 * equal. Throws a `WebFailure`: `scheme` for another one than http and https, else `address` (a name and a password in it,
 * another port than 80 and 443, too long, not an address). `anyPort` lists hosts, as `host:port`, that may have that port.
 */
export function normaliseUrl(text: string, anyPort: readonly string[] = []): URL {
  const trimmed = text.trim();
  if (trimmed.length > CHARACTERS_MAX || !URL.canParse(trimmed)) throw new WebFailure("address");
  const url = new URL(trimmed);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new WebFailure("scheme");
  if (url.username !== "" || url.password !== "") throw new WebFailure("address");
  url.hash = "";
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.slice(0, -1);
  if (!isHost(url.hostname) || url.href.length > CHARACTERS_MAX) throw new WebFailure("address");
  if (!PORTS.includes(portOf(url)) && !anyPort.includes(hostAndPort(url))) throw new WebFailure("address");
  return url;
}

export const portOf = (url: URL): string => url.port || (url.protocol === "https:" ? "443" : "80");

/** `host:port`, the port always written: what `DEV_FETCH_ALLOW` lists. */
export const hostAndPort = (url: URL): string => `${url.hostname}:${portOf(url)}`;

/** The address that a URL has instead of a name, without the brackets of IPv6; null when it has a name. */
export function literalAddress(url: URL): string | null {
  if (url.hostname.startsWith("[")) return url.hostname.slice(1, -1);
  // The parser of URLs has already read the other notations of IPv4 (octal, decimal, short…).
  return /^[\d.]+$/.test(url.hostname) ? url.hostname : null;
}

/** Whether a name, by itself, cannot be one of the public network: `localhost`, a single label, `.internal`, `.local`… */
export function isLocalName(hostname: string): boolean {
  const labels = hostname.split(".");
  return labels.length < 2 || LOCAL_SUFFIXES.includes(labels.at(-1) ?? "");
}

function isHost(hostname: string): boolean {
  if (hostname.startsWith("[")) return true;
  return hostname.length <= HOST_CHARACTERS_MAX && hostname.split(".").every((label) => LABEL.test(label));
}
