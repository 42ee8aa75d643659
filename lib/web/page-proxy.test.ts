import { describe, expect, it, onTestFinished } from "vitest";
import { writeCertificate } from "@/tests/support/certificate-writer";
import { startScriptedProxy } from "@/tests/support/scripted-proxy";
import { fetcherOn, page, redirect, startSite } from "@/tests/support/scripted-sites";
import { dialAddresses } from "./open-connection";
import type { PageFetcherOptions } from "./page-fetcher";

/** A site in clear and the same in TLS, that only the proxy knows how to reach. */
async function behindProxy(options: Partial<PageFetcherOptions> = {}) {
  const tls = writeCertificate(["secret.fr"]);
  const paths = {
    "/a": page("<p>a</p>"),
    "/vers-secret": redirect("https://secret.fr/a"),
    "/vers-prive": redirect("https://127.0.0.1/a"),
  };
  const clear = await startSite(paths);
  const secured = await startSite(paths, tls);
  const proxy = await startScriptedProxy({
    "clair.fr": clear.port,
    "secret.fr": secured.port,
    "autre.fr": secured.port,
  });
  for (const { close } of [clear, secured, proxy]) onTestFinished(close);
  const certificateAuthorities = [tls.cert];
  const fetcher = fetcherOn({}, { proxy: proxy.url, certificateAuthorities, ...options });
  return {
    ...fetcher,
    certificateAuthorities,
    proxy,
    clear,
    secured,
    lines: () => proxy.asked.map(({ line }) => line),
  };
}

it("sends everything through the proxy, and resolves no name", async () => {
  const { fetchPage, lines, clear, resolved, dialled } = await behindProxy();
  expect(await fetchPage("http://clair.fr/a?b=c")).toMatchObject({ url: "http://clair.fr/a?b=c", type: "html" });
  expect(lines()).toEqual(["GET http://clair.fr/robots.txt", "GET http://clair.fr/a?b=c"]);
  expect(clear.requests.map(({ headers }) => headers.host)).toEqual(["clair.fr", "clair.fr"]);
  expect([resolved, dialled]).toEqual([[], []]);
});

it("opens a tunnel for https, where the proxy sees but the name", async () => {
  const { fetchPage, lines, secured } = await behindProxy();
  expect(await fetchPage("https://secret.fr/a")).toMatchObject({ url: "https://secret.fr/a", type: "html" });
  expect(lines()).toEqual(["CONNECT secret.fr:443", "CONNECT secret.fr:443"]);
  expect(secured.requests.map(({ url }) => url)).toEqual(["/robots.txt", "/a"]);
});

it("compares the certificate with the name, not with the proxy", async () => {
  const { fetchPage } = await behindProxy();
  await expect(fetchPage("https://autre.fr/a")).rejects.toMatchObject({ code: "unreachable" });
});

it("gives the proxy, and nobody else, the name and password of its address", async () => {
  const { proxy, clear, secured, certificateAuthorities } = await behindProxy();
  const url = Object.assign(new URL(proxy.url), { username: "agent", password: "p@ss" });
  const { fetchPage } = fetcherOn({}, { proxy: url, certificateAuthorities });
  await fetchPage("http://clair.fr/a");
  await fetchPage("https://secret.fr/a");
  const credentials = `Basic ${Buffer.from("agent:p@ss").toString("base64")}`;
  expect(new Set(proxy.asked.map(({ headers }) => headers["proxy-authorization"]))).toEqual(new Set([credentials]));
  for (const { headers } of [...clear.requests, ...secured.requests])
    expect(headers).not.toHaveProperty("proxy-authorization");
});

describe("what the proxy is not asked for", () => {
  it.each([
    ["private", "http://127.0.0.1/"],
    ["private", "https://[::ffff:10.0.0.1]/"],
    ["private", "http://169.254.169.254/latest/meta-data/"],
    ["private", "https://localhost/"],
    ["private", "https://metadata.google.internal/"],
    ["private", "http://intranet/"],
    ["address", "https://clair.fr:8443/"],
    ["not_allowed", "https://exemple.com/"],
  ])("%s: %s", async (code, url) => {
    const { fetchPage, lines } = await behindProxy({ allowedHosts: ["*.fr"] });
    await expect(fetchPage(url)).rejects.toMatchObject({ code });
    expect(lines()).toEqual([]);
  });

  it("is checked on each redirect", async () => {
    const { fetchPage, lines } = await behindProxy();
    expect(await fetchPage("http://clair.fr/vers-secret")).toMatchObject({ url: "https://secret.fr/a" });
    const before = lines().length;
    await expect(fetchPage("http://clair.fr/vers-prive")).rejects.toMatchObject({ code: "private" });
    expect(lines().slice(before)).toEqual(["GET http://clair.fr/vers-prive"]);
  });

  it("is this machine, where it is allowed", async () => {
    const site = await startSite({ "/a": page("<p>ici</p>") });
    onTestFinished(site.close);
    const { fetchPage, lines } = await behindProxy({ allowLoopback: [`127.0.0.1:${site.port}`], dial: dialAddresses });
    expect(await fetchPage(`http://127.0.0.1:${site.port}/a`)).toMatchObject({ type: "html" });
    expect(lines()).toEqual([]);
  });
});

describe("a proxy that refuses", () => {
  it.each([
    ["not_allowed", "HTTP/1.1 403 Forbidden\r\n\r\n"],
    ["unreachable", "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"],
    ["unreachable", "HTTP/1.1 502 Bad Gateway\r\n\r\n"],
    ["unreachable", "HTTP/1.1 200 OK\r\n\r\nsomething before TLS"],
    ["unreachable", "nonsense\r\n\r\n"],
    ["unreachable", ""],
  ])("%s: %j", async (code, answer) => {
    const { fetchPage, proxy } = await behindProxy();
    proxy.refuse(answer);
    await expect(fetchPage("https://secret.fr/a")).rejects.toMatchObject({ code });
  });

  it("unreachable: it is away", async () => {
    const { fetchPage, proxy } = await behindProxy();
    await proxy.close();
    await expect(fetchPage("https://secret.fr/a")).rejects.toMatchObject({ code: "unreachable" });
    await expect(fetchPage("http://clair.fr/a")).rejects.toMatchObject({ code: "unreachable" });
  });
});
