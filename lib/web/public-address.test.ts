import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoopbackAddress, isPublicAddress } from "./public-address";

describe("isPublicAddress", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2001:200::1",
    "2606:4700:4700:0:0:0:0:1111",
    "2A01:CB00::1",
    "::ffff:93.184.216.34",
    "::ffff:5db8:d822",
    "64:ff9b::8.8.8.8",
    "64:ff9b::808:808",
  ])("says that %s is", (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ["this network", "0.0.0.0"],
    ["this network, its end", "0.255.255.255"],
    ["private", "10.0.0.1"],
    ["private, its end", "10.255.255.255"],
    ["CGNAT", "100.64.0.1"],
    ["CGNAT, its end", "100.127.255.255"],
    ["the metadata of Alibaba", "100.100.100.200"],
    ["loopback", "127.0.0.1"],
    ["loopback, its end", "127.255.255.255"],
    ["the services of Azure", "168.63.129.16"],
    ["link-local", "169.254.0.1"],
    ["the metadata of clouds", "169.254.169.254"],
    ["private", "172.16.0.1"],
    ["private, its end", "172.31.255.255"],
    ["protocols", "192.0.0.1"],
    ["the metadata of Oracle", "192.0.0.192"],
    ["documentation", "192.0.2.1"],
    ["relays of 6to4", "192.88.99.1"],
    ["private", "192.168.1.1"],
    ["benchmarks", "198.18.0.1"],
    ["benchmarks, their end", "198.19.255.255"],
    ["documentation", "198.51.100.7"],
    ["documentation", "203.0.113.9"],
    ["multicast", "224.0.0.1"],
    ["multicast, its end", "239.255.255.250"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["loopback, in full", "0:0:0:0:0:0:0:1"],
    ["mapped loopback", "::ffff:127.0.0.1"],
    ["mapped loopback, in hexadecimal", "::ffff:7f00:1"],
    ["mapped loopback, in full", "0000:0000:0000:0000:0000:ffff:7f00:0001"],
    ["mapped metadata", "::ffff:169.254.169.254"],
    ["mapped private", "::FFFF:10.0.0.1"],
    ["translated, not mapped", "::ffff:0:8.8.8.8"],
    ["compatible", "::127.0.0.1"],
    ["compatible, of a public one", "::8.8.8.8"],
    ["NAT64 of loopback", "64:ff9b::127.0.0.1"],
    ["NAT64 of metadata", "64:ff9b::a9fe:a9fe"],
    ["NAT64 with more than an address", "64:ff9b::1:8.8.8.8"],
    ["local NAT64", "64:ff9b:1::8.8.8.8"],
    ["discard", "100::1"],
    ["Teredo", "2001::1"],
    ["Teredo of a private server", "2001:0:7f00:1::"],
    ["benchmarks", "2001:2::1"],
    ["ORCHID", "2001:10::1"],
    ["ORCHID 2", "2001:20::1"],
    ["documentation", "2001:db8::1"],
    ["6to4 of loopback", "2002:7f00:1::"],
    ["6to4 of a public one", "2002:808:808::1"],
    ["documentation", "3fff::1"],
    ["segment routing", "5f00::1"],
    ["not given out", "4000::1"],
    ["unique-local", "fc00::1"],
    ["unique-local", "fdff:ffff::1"],
    ["the metadata of Amazon", "fd00:ec2::254"],
    ["link-local", "fe80::1"],
    ["link-local, its end", "febf::1"],
    ["site-local", "fec0::1"],
    ["multicast", "ff02::1"],
  ])("says that %s is not: %s", (_kind, address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    ["a zone", "fe80::1%eth0"],
    ["a zone on a public address", "2001:4860:4860::8888%1"],
    ["brackets", "[2606:4700::1]"],
    ["a short one", "8.8"],
    ["an octal one", "010.8.8.8"],
    ["a hexadecimal one", "0x8.8.8.8"],
    ["a decimal one", "134744072"],
    ["five parts", "8.8.8.8.8"],
    ["a part above 255", "8.8.8.256"],
    ["a final dot", "8.8.8.8."],
    ["a space", "8.8.8.8 "],
    ["a line", "8.8.8.8\n"],
    ["a name", "dns.google"],
    ["nothing", ""],
    ["two ellipses", "2001::4860::1"],
    ["too few groups", "2606:4700:1"],
    ["too many groups", "1:2:3:4:5:6:7:8:9"],
    ["an ellipsis of nothing", "2606:2:3:4::5:6:7:8"],
    ["a group too long", "2606:47001::1"],
    ["an octal inside", "::ffff:010.8.8.8"],
    ["three colons", "2606:::1"],
  ])("takes nothing but the plain notation: %s", (_what, address) => expect(isPublicAddress(address)).toBe(false));

  it("agrees with what Node makes of the same blocks, on any address", () => {
    const blocked = new BlockList();
    for (const [network, bits] of [
      ["0.0.0.0", 8],
      ["10.0.0.0", 8],
      ["100.64.0.0", 10],
      ["127.0.0.0", 8],
      ["168.63.129.16", 32],
      ["169.254.0.0", 16],
      ["172.16.0.0", 12],
      ["192.0.0.0", 24],
      ["192.0.2.0", 24],
      ["192.88.99.0", 24],
      ["192.168.0.0", 16],
      ["198.18.0.0", 15],
      ["198.51.100.0", 24],
      ["203.0.113.0", 24],
      ["224.0.0.0", 3],
    ] as const)
      blocked.addSubnet(network, bits, "ipv4");
    const near = fc.constantFrom(0, 10, 100, 127, 168, 169, 172, 192, 198, 203, 224);
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(0, 2, 16, 18, 31, 51, 63, 64, 88, 99, 100, 113, 127, 129, 168, 254),
    );
    fc.assert(
      fc.property(fc.oneof(near, fc.nat(255)), byte, byte, byte, (...bytes) => {
        const address = bytes.join(".");
        expect(isPublicAddress(address)).toBe(!blocked.check(address, "ipv4"));
      }),
      { numRuns: 20_000 },
    );
  });

  it("reads an address of IPv6 as Node does, however it is written", () => {
    const global = new BlockList();
    global.addSubnet("2000::", 3, "ipv6");
    const special = new BlockList();
    special.addSubnet("2001::", 23, "ipv6");
    special.addSubnet("2001:db8::", 32, "ipv6");
    special.addSubnet("2002::", 16, "ipv6");
    special.addSubnet("3fff::", 20, "ipv6");
    fc.assert(
      fc.property(fc.ipV6(), fc.constantFrom("", "2001", "2002", "3fff", "2606"), (written, start) => {
        const address = start === "" ? written : written.replace(/^[0-9a-f]+/i, start);
        const inner = /^(0{1,4}:){5}ffff:|^::ffff:|^64:ff9b:/i.test(address);
        fc.pre(!inner);
        expect(isPublicAddress(address)).toBe(global.check(address, "ipv6") && !special.check(address, "ipv6"));
      }),
      { numRuns: 20_000 },
    );
  });
});

it("knows this machine's own addresses", () => {
  expect(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"].every(isLoopbackAddress)).toBe(true);
  expect(["128.0.0.1", "::2", "10.0.0.1", "localhost", ""].some(isLoopbackAddress)).toBe(false);
});
