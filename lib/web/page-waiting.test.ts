import type { ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Answer, fetcherOn, page, type ScriptedSite, startSite } from "@/tests/support/scripted-sites";
import type { PageFetcherOptions } from "./page-fetcher";

/** A site whose pages are answered when the test says so. */
async function aPatientSite(paths: Record<string, Answer> = {}) {
  const held: ServerResponse[] = [];
  let most = 0;
  const hold: Answer = (response) => {
    held.push(response);
    most = Math.max(most, held.filter(({ writableEnded, destroyed }) => !writableEnded && !destroyed).length);
  };
  const site = await startSite({ "/a": hold, ...paths });
  onTestFinished(site.close);
  const answer = () => {
    for (const response of held)
      if (!response.writableEnded) response.writeHead(200, { "content-type": "text/html" }).end("<p>a</p>");
  };
  return { site, held, answer, most: () => most };
}

const fetcherOf = (site: ScriptedSite, options: Partial<PageFetcherOptions> = {}) =>
  fetcherOn({ "exemple.fr": site, "autre.fr": site, "encore.fr": site }, options).fetchPage;

const outcomeOf = (read: Promise<unknown>) =>
  read.then(
    () => "read",
    ({ code }) => code,
  );

describe("requests at a time", () => {
  it("are two for one host, whatever waits, and others do not wait behind them", async () => {
    const { site, held, answer, most } = await aPatientSite();
    const fetchPage = fetcherOf(site);
    const reads = Array.from({ length: 5 }, () => fetchPage("http://exemple.fr/a"));
    await vi.waitFor(() => expect(held).toHaveLength(2));
    reads.push(fetchPage("http://autre.fr/a"));
    await vi.waitFor(() => expect(held).toHaveLength(3));
    const onHost = () => held.filter(({ req }) => req.headers.host === "exemple.fr").length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(onHost()).toBe(2);
    await vi.waitFor(() => {
      answer();
      expect(held).toHaveLength(6);
    });
    answer();
    expect(await Promise.all(reads.map(outcomeOf))).toEqual(Array(6).fill("read"));
    expect(most()).toBe(3);
  });

  it("are so many in all", async () => {
    const { site, held, answer, most } = await aPatientSite();
    const fetchPage = fetcherOf(site, { limits: { requests: 3 } });
    for (const host of ["exemple.fr", "autre.fr", "encore.fr"])
      await outcomeOf(fetchPage(`http://${host}/introuvable`)); // robots.txt is known from here
    const reads = ["exemple.fr", "autre.fr", "encore.fr", "exemple.fr"].map((host) => fetchPage(`http://${host}/a`));
    await vi.waitFor(() => expect(held).toHaveLength(3));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(most()).toBe(3);
    await vi.waitFor(() => {
      answer();
      expect(held).toHaveLength(4);
    });
    answer();
    expect(await Promise.all(reads.map(outcomeOf))).toEqual(Array(4).fill("read"));
    expect(most()).toBe(3);
  });

  it("wait within the time of their page", async () => {
    const { site, held } = await aPatientSite();
    const fetchPage = fetcherOf(site, { limits: { totalMs: 300 } });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(fetchPage("http://exemple.fr/a"))));
    expect(outcomes).toEqual(Array(5).fill("timeout"));
    expect(held.length).toBeLessThanOrEqual(4);
    expect(await outcomeOf(fetcherOf(site)("http://exemple.fr/introuvable"))).toBe("status");
    expect(await outcomeOf(fetchPage("http://exemple.fr/introuvable"))).toBe("status"); // every place was given back
  });
});

describe("stopping", () => {
  const stopped = new Error("stopped by the agent");

  it.each([
    ["before it began", 0],
    ["while the page is awaited", 1],
    ["while waiting for a place", 3],
  ])("%s ends with the reason that was given", async (_when, before) => {
    const { site, held } = await aPatientSite();
    const fetchPage = fetcherOf(site);
    const stop = new AbortController();
    if (before === 0) stop.abort(stopped);
    const reads = Array.from({ length: Math.max(1, before) }, () => fetchPage("http://exemple.fr/a", stop.signal));
    const ends = reads.map((read) => expect(read).rejects.toBe(stopped));
    if (before > 0) await vi.waitFor(() => expect(held).toHaveLength(Math.min(2, before)));
    stop.abort(stopped);
    await Promise.all(ends);
    for (const response of held) await vi.waitFor(() => expect(response.destroyed).toBe(true));
    expect(await outcomeOf(fetchPage("http://exemple.fr/introuvable"))).toBe("status");
  });

  it("in the middle of a page closes its connection", async () => {
    const { site, held } = await aPatientSite();
    const stop = new AbortController();
    const read = expect(fetcherOf(site)("http://exemple.fr/a", stop.signal)).rejects.toBe(stopped);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]?.writeHead(200, { "content-type": "text/html" }).write("<p>le début");
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort(stopped);
    await read;
    await vi.waitFor(() => expect(held[0]?.destroyed).toBe(true));
  });

  it("while a name is resolved does not wait for the resolver", async () => {
    const stop = new AbortController();
    const { fetchPage, resolved } = fetcherOn({}, { resolve: () => new Promise(() => {}) });
    const read = expect(fetchPage("http://exemple.fr/a", stop.signal)).rejects.toBe(stopped);
    await vi.waitFor(() => expect(resolved).toHaveLength(1));
    stop.abort(stopped);
    await read;
  });

  it("one page leaves the robots.txt that another waits for", async () => {
    const robots: ServerResponse[] = [];
    const { site, held, answer } = await aPatientSite({ "/robots.txt": (response) => void robots.push(response) });
    const fetchPage = fetcherOf(site);
    const stop = new AbortController();
    const first = expect(fetchPage("http://exemple.fr/a", stop.signal)).rejects.toBe(stopped);
    const second = outcomeOf(fetchPage("http://exemple.fr/a"));
    await vi.waitFor(() => expect(robots).toHaveLength(1));
    stop.abort(stopped);
    await first;
    robots[0]?.writeHead(404).end();
    await vi.waitFor(() => expect(held).toHaveLength(1));
    answer();
    expect(await second).toBe("read");
  });

  it("leaves nothing on the signal of the turn, page after page", async () => {
    const site = await startSite({ "/a": page("<p>a</p>") });
    onTestFinished(site.close);
    const { signal } = new AbortController();
    const listened = vi.spyOn(signal, "addEventListener");
    const left = vi.spyOn(signal, "removeEventListener");
    const fetchPage = fetcherOf(site);
    for (let count = 0; count < 20; count++) await fetchPage("http://exemple.fr/a", signal);
    expect(left.mock.calls.length).toBe(listened.mock.calls.length);
  });
});
