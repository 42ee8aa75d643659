/** Blocks of IPv4 that are not the public network: the registry of IANA (RFC 6890), multicast, and one metadata server. */
const V4_BLOCKS = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // shared by the customers of a provider (CGNAT)
  "127.0.0.0/8", // loopback
  "168.63.129.16/32", // the platform's own services, seen from an Azure machine
  "169.254.0.0/16", // link-local, and the metadata of most clouds
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocols of the IETF, and the metadata of Oracle
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // relays of 6to4, withdrawn
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
].map(parseBlock);

/**
 * Only 2000::/3 is given out to the public network. Left out by that alone: loopback, compatible addresses (::/96), discard
 * (100::/64), local NAT64 (64:ff9b:1::/48), unique-local, link-local, site-local, multicast, and what nobody has been given.
 */
const V6_PUBLIC = parseBlock("2000::/3");
const V6_BLOCKS = [
  "2001::/23", // protocols of the IETF: Teredo, benchmarks, ORCHID…
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4, withdrawn: hides an address of IPv4, perhaps a private one
  "3fff::/20", // documentation
].map(parseBlock);

const LOOPBACK_BLOCKS = ["127.0.0.0/8", "::1/128"].map(parseBlock);

/** Where an address of IPv4 is carried whole by one of IPv6, which is worth what it carries: mapped, and NAT64. */
const V4_CARRIERS = ["::ffff:0:0/96", "64:ff9b::/96"].map(parseBlock);

type Block = { bytes: number[]; bits: number };

/**
 * Whether an address, as a resolver writes it, is one of the public network. Anything that is not the plain text of an
 * address (a name, a zone, brackets, another notation) is not.
 */
export function isPublicAddress(address: string): boolean {
  const bytes = carriedBytes(addressBytes(address));
  if (!bytes) return false;
  if (bytes.length === 4) return !isInOne(V4_BLOCKS, bytes);
  return isIn(V6_PUBLIC, bytes) && !isInOne(V6_BLOCKS, bytes);
}

export function isLoopbackAddress(address: string): boolean {
  const bytes = carriedBytes(addressBytes(address));
  return bytes !== null && isInOne(LOOPBACK_BLOCKS, bytes);
}

/** The address of IPv4 that one of IPv6 carries, else the same one. */
const carriedBytes = (bytes: number[] | null) =>
  bytes?.length === 16 && isInOne(V4_CARRIERS, bytes) ? bytes.slice(12) : bytes;

const isInOne = (blocks: Block[], bytes: number[]) => blocks.some((block) => isIn(block, bytes));

function isIn(block: Block, bytes: number[]): boolean {
  if (block.bytes.length !== bytes.length) return false;
  return block.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, block.bits - 8 * index));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
}

function parseBlock(text: string): Block {
  const [address = "", bits] = text.split("/");
  return { bytes: addressBytes(address) ?? [], bits: Number(bits) };
}

/** 4 or 16 bytes; null for what is not an address in its plain notation. */
function addressBytes(address: string): number[] | null {
  return address.includes(":") ? v6Bytes(address) : v4Bytes(address);
}

function v4Bytes(address: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return null;
  const parts = address.split(".");
  // 010 is 8 for some programs and 10 for others.
  const isPlain = parts.every((part) => Number(part) <= 255 && String(Number(part)) === part);
  return isPlain ? parts.map(Number) : null;
}

function v6Bytes(address: string): number[] | null {
  const [, start = "", tail] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? [];
  if (tail !== undefined) {
    const inner = v4Bytes(tail);
    if (!inner) return null;
    const [a = 0, b = 0, c = 0, d = 0] = inner;
    return v6Bytes(`${start}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const [head = [], rest = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...rest];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
}
