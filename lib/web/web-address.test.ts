import { describe, expect, it } from "vitest";
import { requireAllowedHost } from "./checked-destination";
import { isLocalName, normaliseUrl } from "./web-address";

const codeOf = (attempt: () => unknown): string => {
  try {
    attempt();
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("normaliseUrl", () => {
  it.each([
    ["http://exemple.fr", "http://exemple.fr/"],
    ["  https://Exemple.FR/Page?q=A#partie ", "https://exemple.fr/Page?q=A"],
    ["https://exemple.fr:443/a", "https://exemple.fr/a"],
    ["http://exemple.fr:443/a", "http://exemple.fr:443/a"],
    ["https://exemple.fr./a", "https://exemple.fr/a"],
    ["https://préfecture.fr/été", "https://xn--prfecture-c4a.fr/%C3%A9t%C3%A9"],
    ["https://ｅｘｅｍｐｌｅ。fr/", "https://exemple.fr/"],
    ["https://a_b.exemple.fr/", "https://a_b.exemple.fr/"],
    ["https://exemple.fr\\@127.0.0.1/", "https://exemple.fr/@127.0.0.1/"],
    ["https://[2606:4700:0:0::1]/", "https://[2606:4700::1]/"],
  ])("writes %s as %s", (text, written) => expect(normaliseUrl(text).href).toBe(written));

  it.each([
    ["address", ""],
    ["address", "exemple.fr"],
    ["address", "//exemple.fr/"],
    ["address", "https://"],
    ["address", "https://exemple.fr:8080/"],
    ["address", "http://exemple.fr:22/"],
    ["address", "https://exemple.fr:0/"],
    ["address", "https://agent@exemple.fr/"],
    ["address", "https://agent:secret@exemple.fr/"],
    ["address", "https://exemple.fr@127.0.0.1/"],
    ["address", "https://exemple.fr%2F@127.0.0.1/"],
    ["address", "https://exemple.fr:80@127.0.0.1/"],
    ["address", "https://exemple..fr/"],
    ["address", "https://exemple.fr../"],
    ["address", "https://./"],
    ["address", "https://-exemple.fr/"],
    ["address", `https://${"a".repeat(64)}.fr/`],
    ["address", `https://${"abcdefghi.".repeat(26)}fr/`],
    ["address", `https://exemple.fr/${"a".repeat(2_048)}`],
    ["address", `https://exemple.fr/${"é".repeat(1_000)}`],
    ["address", "https://exemple .fr/"],
    ["address", "https://[fe80::1%25eth0]/"],
    ["address", "https://[::1/"],
    ["scheme", "ftp://exemple.fr/"],
    ["scheme", "file:///etc/passwd"],
    ["scheme", "javascript:alert(1)"],
    ["scheme", "data:text/html,a"],
    ["scheme", "gopher://127.0.0.1:6379/_INFO"],
    ["scheme", "localhost:3000"],
    ["scheme", "view-source:https://exemple.fr/"],
  ])("refuses, with « %s », %s", (code, text) => expect(codeOf(() => normaliseUrl(text))).toBe(code));

  it("lets a host have another port when it is told so, and that one only", () => {
    expect(normaliseUrl("http://localhost:3002/a", ["localhost:3002"]).port).toBe("3002");
    expect(normaliseUrl("http://[::1]:3002/a", ["[::1]:3002"]).port).toBe("3002");
    expect(codeOf(() => normaliseUrl("http://localhost:3003/", ["localhost:3002"]))).toBe("address");
    expect(codeOf(() => normaliseUrl("http://exemple.fr:3002/", ["localhost:3002"]))).toBe("address");
  });
});

describe("what no resolver is asked for", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.0x0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://0X7F.1/",
    "http://127.0.0.1./",
    "http://１２７.０.０.１/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.1/",
    "http://192.168.1.1/",
    "http://2852039166/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xA9FEA9FE/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:169.254.169.254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://ｌocalhost/",
    "http://loc\u00adalhost/",
    "http://a.localhost/",
    "http://metadata/",
    "http://metadata.google.internal/",
    "http://imprimante.local/",
    "http://imprimante.local./",
    "http://intranet/",
    "http://serveur.lan/",
    "http://serveur.home.arpa/",
    "http://localhost.localdomain/",
  ])("is private: %s", (text) => {
    const url = normaliseUrl(text);
    expect(codeOf(() => requireAllowedHost(url, { allowedHosts: [], allowLoopback: [] }))).toBe("private");
  });

  it.each(["http://256.0.0.1/", "http://1.2.3.4.5/", "http://0x100000000/", "http://exemple.0x7f/"])(
    "is no address at all: %s",
    (text) => expect(codeOf(() => normaliseUrl(text))).toBe("address"),
  );

  it.each(["service-public.fr", "www.localhost.fr", "local.gouv.fr", "xn--prfecture-c4a.fr"])(
    "is not a name of the public network: %s",
    (name) => expect(isLocalName(name)).toBe(false),
  );
});

describe("the hosts that the service may reach", () => {
  const rules = { allowedHosts: ["service-public.fr", "*.gouv.fr"], allowLoopback: ["localhost:3002"] };
  it.each([
    ["accepted", "https://service-public.fr/"],
    ["accepted", "https://www.impots.gouv.fr/"],
    ["accepted", "https://impots.gouv.fr./"],
    ["accepted", "http://localhost:3002/"],
    ["not_allowed", "https://www.service-public.fr/"],
    ["not_allowed", "https://gouv.fr/"],
    ["not_allowed", "https://fauxgouv.fr/"],
    ["not_allowed", "https://impots.gouv.fr.exemple.com/"],
    ["not_allowed", "https://93.184.216.34/"],
    ["private", "https://127.0.0.1/"],
    ["address", "http://localhost:3003/"],
  ])("%s: %s", (code, text) => {
    expect(codeOf(() => requireAllowedHost(normaliseUrl(text, rules.allowLoopback), rules))).toBe(code);
  });
});
