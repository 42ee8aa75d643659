import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeCertificate } from "@/tests/support/certificate-writer";
import { type Answer, fetcherOn, page, redirect, startSite } from "@/tests/support/scripted-sites";
import { dialAddresses } from "./open-connection";

const textOf = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString("utf8");

async function aSite(paths: Record<string, Answer>, tls?: { key: string; cert: string }) {
  const site = await startSite(paths, tls);
  onTestFinished(site.close);
  return site;
}

it("reads a page: its final address, type, charset and bytes", async () => {
  const site = await aSite({ "/a": page("<p>Été</p>") });
  const { fetchPage, dialled } = fetcherOn({ "www.exemple.fr": site });
  const before = Date.now();

  const read = await fetchPage("http://www.exemple.fr./a?b=c#d");

  expect(read).toMatchObject({ url: "http://www.exemple.fr/a?b=c", type: "html", charset: "utf-8" });
  expect(textOf(read)).toBe("<p>Été</p>");
  expect(read.fetchedAt.getTime()).toBeGreaterThanOrEqual(before);
  expect(dialled).toEqual(["93.184.216.1:80", "93.184.216.1:80"]); // robots.txt, the page
});

it("says who it is, and nothing of who asks: no cookie sent or kept, no referer", async () => {
  const withCookie: Answer = (response) =>
    void response.writeHead(302, { location: "/b", "set-cookie": "suivi=1; Path=/" }).end();
  const site = await aSite({ "/a": withCookie, "/b": page("<p>b</p>", { "set-cookie": "suivi=2" }) });
  const { fetchPage } = fetcherOn({ "exemple.fr": site });
  await fetchPage("http://exemple.fr/a");
  await fetchPage("http://exemple.fr/b");

  expect(site.requests.map(({ url }) => url)).toEqual(["/robots.txt", "/a", "/b", "/b"]);
  for (const { headers } of site.requests)
    expect(headers).toEqual({
      host: "exemple.fr",
      "user-agent": "AssistantIA/0.1.0 (+https://assistant.exemple.gouv.fr; assistance@exemple.gouv.fr)",
      accept: expect.stringContaining("text/html"),
      "accept-language": "fr,en;q=0.5",
      "accept-encoding": "gzip, deflate, br, zstd",
      connection: "close",
    });
});

describe("names that lead elsewhere", () => {
  const resolvedTo = async (...addresses: string[]) => {
    const { fetchPage, dialled } = fetcherOn({}, { resolve: async () => addresses });
    await expect(fetchPage("http://exemple.fr/")).rejects.toMatchObject({ name: "WebFailure", code: "private" });
    return dialled;
  };

  it("connects to nothing when a name has a private address", async () => {
    for (const address of ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "fe80::1%eth0"])
      expect(await resolvedTo(address)).toEqual([]);
  });

  it("connects to nothing when one address of several is private", async () => {
    expect(await resolvedTo("93.184.216.34", "192.168.1.1")).toEqual([]);
    expect(await resolvedTo("2606:4700::1", "::ffff:10.0.0.1")).toEqual([]);
  });

  it("asks no resolver for a name of the local network, nor for an address", async () => {
    const { fetchPage, resolved, dialled } = fetcherOn({}, { resolve: async () => ["93.184.216.34"] });
    for (const url of ["http://localhost/", "http://metadata.google.internal/", "http://intranet/", "http://0x7f.1/"])
      await expect(fetchPage(url)).rejects.toMatchObject({ code: "private" });
    expect([resolved, dialled]).toEqual([[], []]);
  });

  it("is not fooled by a name that is public first, then private: what was checked is what is connected to", async () => {
    const site = await aSite({ "/a": page("<p>a</p>") });
    const answers = [["93.184.216.1"], ["127.0.0.1"]];
    const { fetchPage, dialled } = fetcherOn({ "exemple.fr": site }, { resolve: async () => answers.shift() ?? [] });

    await expect(fetchPage("http://exemple.fr/a")).rejects.toMatchObject({ code: "private" });

    expect(dialled).toEqual(["93.184.216.1:80"]); // robots.txt, while the name was public
    expect(site.requests.map(({ url }) => url)).toEqual(["/robots.txt"]);
  });

  it("resolves a name once for each connection", async () => {
    const site = await aSite({ "/a": page("<p>a</p>") });
    const { fetchPage, resolved, dialled } = fetcherOn({ "exemple.fr": site });
    await fetchPage("http://exemple.fr/a");
    expect(resolved).toEqual(["exemple.fr", "exemple.fr"]);
    expect(dialled).toHaveLength(2);
  });

  it("says that a name which does not exist cannot be reached", async () => {
    const { fetchPage } = fetcherOn({});
    await expect(fetchPage("http://inconnu.fr/")).rejects.toMatchObject({ code: "unreachable" });
  });
});

describe("redirects", () => {
  it("are followed, relative or not, five at most", async () => {
    const hops = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((hop) => [`/${hop}`, redirect(`${hop - 1}`, 300 + (hop % 2 ? 1 : 7))]),
    );
    const site = await aSite({ ...hops, "/0": page("<p>fin</p>") });
    const { fetchPage } = fetcherOn({ "exemple.fr": site });
    expect(await fetchPage("http://exemple.fr/5")).toMatchObject({ url: "http://exemple.fr/0" });
    await expect(fetchPage("http://exemple.fr/6")).rejects.toMatchObject({ code: "too_many_redirects" });
  });

  it.each([
    ["private", "http://127.0.0.1/"],
    ["private", "//localhost/"],
    ["private", "http://interne.fr/"],
    ["private", "http://[::ffff:169.254.169.254]/latest/meta-data/"],
    ["address", "http://exemple.fr:8080/"],
    ["address", "http://agent:secret@exemple.fr/"],
    ["address", "http://"],
    ["scheme", "file:///etc/passwd"],
    ["scheme", "javascript:alert(1)"],
  ])("are checked as the first address was: %s for %s", async (code, location) => {
    const site = await aSite({ "/a": redirect(location) });
    const { fetchPage, dialled } = fetcherOn(
      { "exemple.fr": site },
      { resolve: async (name) => [name === "exemple.fr" ? "93.184.216.1" : "10.0.0.1"] },
    );
    await expect(fetchPage("http://exemple.fr/a")).rejects.toMatchObject({ code });
    expect(new Set(dialled)).toEqual(new Set(["93.184.216.1:80"]));
  });

  it("may lead to another public host, in UTF-8", async () => {
    const there = await aSite({ "/%C3%A9t%C3%A9": page("<p>là</p>") });
    const utf8 = Buffer.from("http://ailleurs.fr/été").toString("latin1");
    const here = await aSite({ "/a": redirect(utf8) });
    const { fetchPage } = fetcherOn({ "exemple.fr": here, "ailleurs.fr": there });
    expect(await fetchPage("http://exemple.fr/a")).toMatchObject({ url: "http://ailleurs.fr/%C3%A9t%C3%A9" });
  });

  it("from https to http are followed on https", async () => {
    const tls = writeCertificate(["exemple.fr"]);
    const site = await aSite({ "/a": redirect("http://exemple.fr/b"), "/b": page("<p>b</p>") }, tls);
    const { fetchPage, dialled } = fetcherOn({ "exemple.fr": site }, { certificateAuthorities: [tls.cert] });
    expect(await fetchPage("https://exemple.fr/a")).toMatchObject({ url: "https://exemple.fr/b" });
    expect(new Set(dialled)).toEqual(new Set(["93.184.216.1:443"]));
  });

  it("that a page asks for in itself are not followed", async () => {
    const refresh = '<meta http-equiv="refresh" content="0; url=/b"><p>a</p>';
    const site = await aSite({ "/a": page(refresh, { refresh: "0; url=/b" }), "/b": page("<p>b</p>") });
    const { fetchPage } = fetcherOn({ "exemple.fr": site });
    const read = await fetchPage("http://exemple.fr/a");
    expect(read.url).toBe("http://exemple.fr/a");
    expect(textOf(read)).toBe(refresh);
    expect(site.requests.map(({ url }) => url)).not.toContain("/b");
  });
});

describe("certificates", () => {
  it.each([
    ["signed by itself", ["exemple.fr"], false],
    ["of another name", ["autre.fr"], true],
    ["of the address, not of the name", ["93.184.216.1"], true],
  ])("%s: the page is not read", async (_which, names, isTrusted) => {
    const tls = writeCertificate(names);
    const site = await aSite({ "/a": page("<p>a</p>") }, tls);
    const options = isTrusted ? { certificateAuthorities: [tls.cert] } : {};
    const { fetchPage, dialled } = fetcherOn({ "exemple.fr": site }, options);
    await expect(fetchPage("https://exemple.fr/a")).rejects.toMatchObject({ code: "unreachable" });
    expect(dialled).toEqual(["93.184.216.1:443"]);
    expect(site.requests).toEqual([]);
  });

  it.each([
    ["the name", "exemple.fr", "exemple.fr"],
    ["the address of an address", "93.184.216.1", "93.184.216.1"],
  ])("of %s, by an authority that is known: the page is read", async (_which, named, host) => {
    const tls = writeCertificate([named]);
    const site = await aSite({ "/a": page("<p>a</p>") }, tls);
    const { fetchPage } = fetcherOn({ "exemple.fr": site }, { certificateAuthorities: [tls.cert] });
    expect(await fetchPage(`https://${host}/a`)).toMatchObject({ type: "html" });
  });
});

describe("this machine", () => {
  it("is reached only at the hosts and ports that are named, on any port, and not through the other rules", async () => {
    const site = await aSite({ "/a": page("<p>a</p>") });
    const other = await aSite({ "/a": page("<p>autre</p>") });
    const { fetchPage, dialled } = fetcherOn(
      { "exemple.fr": site },
      {
        allowLoopback: [`localhost:${site.port}`, `127.0.0.1:${site.port}`],
        allowedHosts: ["*.gouv.fr"],
        resolve: async () => ["127.0.0.1"],
        dial: dialAddresses,
      },
    );
    expect(textOf(await fetchPage(`http://localhost:${site.port}/a`))).toBe("<p>a</p>");
    expect(textOf(await fetchPage(`http://127.0.0.1:${site.port}/a`))).toBe("<p>a</p>");
    await expect(fetchPage(`http://localhost:${other.port}/a`)).rejects.toMatchObject({ code: "address" });
    await expect(fetchPage("http://localhost/a")).rejects.toMatchObject({ code: "private" });
    await expect(fetchPage("http://www.exemple.gouv.fr/a")).rejects.toMatchObject({ code: "private" });
    expect(dialled).toEqual([]);
  });

  it("is not a way to the rest of the local network", async () => {
    const { fetchPage } = fetcherOn(
      {},
      { allowLoopback: ["localhost:3002"], resolve: async () => ["127.0.0.1", "10.0.0.1"] },
    );
    await expect(fetchPage("http://localhost:3002/a")).rejects.toMatchObject({ code: "private" });
  });

  it("may redirect nowhere but where it could be asked for", async () => {
    const other = await aSite({ "/a": page("<p>autre</p>") });
    const site = await aSite({ "/a": redirect(`http://127.0.0.1:${other.port}/a`) });
    const { fetchPage } = fetcherOn({ "exemple.fr": site }, { allowLoopback: [`127.0.0.1:${site.port}`] });
    await expect(fetchPage("http://exemple.fr/a")).rejects.toMatchObject({ code: "address" });
    expect(other.requests).toEqual([]);
  });
});

it("reaches no host outside those that the service may reach, even after a redirect", async () => {
  const site = await aSite({ "/a": page("<p>a</p>"), "/b": redirect("http://ailleurs.fr/a") });
  const { fetchPage, resolved } = fetcherOn({ "www.exemple.gouv.fr": site }, { allowedHosts: ["*.gouv.fr"] });
  expect(await fetchPage("http://www.exemple.gouv.fr/a")).toMatchObject({ type: "html" });
  await expect(fetchPage("http://www.exemple.gouv.fr/b")).rejects.toMatchObject({ code: "not_allowed" });
  await expect(fetchPage("http://93.184.216.1/a")).rejects.toMatchObject({ code: "not_allowed" });
  expect(new Set(resolved)).toEqual(new Set(["www.exemple.gouv.fr"]));
});

describe("robots.txt", () => {
  const robots = (text: string, headers = {}) => page(text, { "content-type": "text/plain", ...headers });

  it("is asked once for a site, and what it closes is not read", async () => {
    const site = await aSite({ "/robots.txt": robots("User-agent: *\nDisallow: /prive"), "/a": page("<p>a</p>") });
    const { fetchPage } = fetcherOn({ "exemple.fr": site });
    await expect(fetchPage("http://exemple.fr/prive/a")).rejects.toMatchObject({ code: "robots" });
    expect(await fetchPage("http://exemple.fr/a")).toMatchObject({ type: "html" });
    expect(site.requests.map(({ url }) => url)).toEqual(["/robots.txt", "/a"]);
  });

  it("is that of the site where a redirect leads, too", async () => {
    const there = await aSite({
      "/robots.txt": robots("User-agent: AssistantIA\nDisallow: /"),
      "/a": page("<p>a</p>"),
    });
    const here = await aSite({ "/a": redirect("http://ailleurs.fr/a") });
    const { fetchPage } = fetcherOn({ "exemple.fr": here, "ailleurs.fr": there });
    await expect(fetchPage("http://exemple.fr/a")).rejects.toMatchObject({ code: "robots" });
    expect(there.requests.map(({ url }) => url)).toEqual(["/robots.txt"]);
  });

  it("is read compressed, elsewhere, and without its end when it is too long", async () => {
    const long = `User-agent: *\nDisallow: /a\n${"# rien\n".repeat(100_000)}Disallow: /b\n`;
    const there = await aSite({
      "/r": robots("", {}),
      "/robots.txt": (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(long)),
    });
    const here = await aSite({ "/robots.txt": redirect("http://ailleurs.fr/robots.txt"), "/b": page("<p>b</p>") });
    const { fetchPage } = fetcherOn({ "exemple.fr": here, "ailleurs.fr": there });
    await expect(fetchPage("http://exemple.fr/a")).rejects.toMatchObject({ code: "robots" });
    expect(await fetchPage("http://exemple.fr/b")).toMatchObject({ type: "html" });
  });

  it.each([
    [404, "read"],
    [403, "read"],
    [204, "read"],
    [500, "status"],
    [503, "status"],
  ])("answered with %i: %s", async (status, outcome) => {
    const site = await aSite({
      "/robots.txt": (response) => void response.writeHead(status).end(),
      "/a": page("<p>a</p>"),
    });
    const { fetchPage } = fetcherOn({ "exemple.fr": site });
    const read = fetchPage("http://exemple.fr/a");
    if (outcome === "read") expect(await read).toMatchObject({ type: "html" });
    else await expect(read).rejects.toMatchObject({ code: outcome });
  });

  it("that leads to itself forbids nothing; one that leads to a private host is not followed", async () => {
    const turning = await aSite({ "/robots.txt": redirect("/robots.txt"), "/a": page("<p>a</p>") });
    const leading = await aSite({ "/robots.txt": redirect("http://10.0.0.1/robots.txt"), "/a": page("<p>a</p>") });
    const { fetchPage, dialled } = fetcherOn({ "exemple.fr": turning, "ailleurs.fr": leading });
    expect(await fetchPage("http://exemple.fr/a")).toMatchObject({ type: "html" });
    await expect(fetchPage("http://ailleurs.fr/a")).rejects.toMatchObject({ code: "private" });
    expect(dialled.filter((address) => !address.startsWith("93.184.216."))).toEqual([]);
  });

  it("that does not come in its own time is a site too slow, and the next page asks again", async () => {
    let isSlow = true;
    const slowOnce: Answer = (response) => void (isSlow || response.writeHead(404).end());
    const site = await aSite({ "/robots.txt": slowOnce, "/a": page("<p>a</p>") });
    const { fetchPage } = fetcherOn({ "exemple.fr": site }, { limits: { robotsMs: 100 } });
    await expect(fetchPage("http://exemple.fr/a")).rejects.toMatchObject({ code: "timeout" });
    isSlow = false;
    expect(await fetchPage("http://exemple.fr/a")).toMatchObject({ type: "html" });
  });
});
