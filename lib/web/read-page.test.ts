import { afterAll, describe, expect, it } from "vitest";
import { closeReadingPool } from "@/lib/providers/reading";
import { setTestSettings } from "@/tests/support/settings";
import { HOSTILE_PAGES, webPageFixture } from "@/tests/support/web-pages/fixtures";
import { readFetchedPage } from "./read-page";
import type { FetchedPage } from "./schema";

setTestSettings();
afterAll(closeReadingPool);

const aPage = (content: string | Buffer, more: Partial<FetchedPage> = {}): FetchedPage => ({
  url: "https://www.exemple.gouv.fr/page",
  type: "html",
  charset: "utf-8",
  bytes: new Uint8Array(Buffer.from(content)),
  fetchedAt: new Date("2026-03-10T12:00:00Z"),
  ...more,
});

const read = (page: FetchedPage, signal = new AbortController().signal) => readFetchedPage(page, { signal });
const codeOf = (page: FetchedPage, signal?: AbortSignal) =>
  read(page, signal).then(
    () => "read",
    (error) => `${error.name} ${error.code}`,
  );

const ORDINARY = aPage(webPageFixture("page-ministere"));

it("gives what is kept of a page, with its address and when it was read", async () => {
  expect(await read(ORDINARY)).toEqual({
    url: "https://www.exemple.gouv.fr/page",
    title: "Plan de formation 2026 des agents",
    site: "exemple.gouv.fr",
    author: null,
    date: "2026-03-05",
    text: expect.stringContaining("Les demandes sont déposées avant le 30 avril"),
    readAt: "2026-03-10T12:00:00.000Z",
  });
});

it.each([
  ["closed", aPage(webPageFixture("article-abonnes"))],
  ["unreadable", aPage(webPageFixture("application-sans-serveur"))],
  ["unreadable", aPage("")],
  ["unreadable", aPage("<a><b></a>", { type: "xml" })],
  ["unreadable", aPage("%PDF-1.7\ncoupé", { type: "pdf" })],
  ["type", aPage(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), { type: "pdf" })],
])("says that a page is %s", async (code, page) => {
  expect(await codeOf(page)).toBe(`WebFailure ${code}`);
});

it("says that its caller gave up, or that time was over", async () => {
  const slow = aPage("<p>texte</p>".repeat(300_000));
  const stop = new AbortController();
  const stopped = codeOf(slow, stop.signal);
  setTimeout(() => stop.abort(), 30);

  expect(await stopped).toBe("WebFailure cancelled");
  expect(await codeOf(slow, AbortSignal.timeout(30))).toBe("WebFailure timeout");
  expect(await codeOf(ORDINARY, AbortSignal.abort())).toBe("WebFailure cancelled");
  expect(await codeOf(ORDINARY)).toBe("read");
});

// Retried: a machine that does much else may take as long for an ordinary page.
describe("a hostile page", { retry: 2 }, () => {
  it.each(Object.entries(HOSTILE_PAGES))("ends in time and hurts no other: %s", async (_name, make) => {
    const page = aPage(make());
    const startedAt = performance.now();

    const [code, other] = await Promise.all([codeOf(page), codeOf(ORDINARY)]);

    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(code).toMatch(/^(read|WebFailure (unreadable|too_large))$/);
    expect(other).toBe("read");
    expect(await codeOf(ORDINARY)).toBe("read");
  });
});
