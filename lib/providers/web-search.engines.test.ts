import { afterAll, describe, expect, it } from "vitest";
import { searxngReply, startScriptedSearch } from "@/tests/support/scripted-search";
import { searchEngineContract } from "./web-search.contract";
import { ENGINE_MS } from "./web-search.engine";
import { createSearxng } from "./web-search.searxng";
import { createStaan } from "./web-search.staan";

const KEY = "une-cle-secrete-de-staan";
const server = await startScriptedSearch();
afterAll(() => server.close());
const never = () => new AbortController().signal;

searchEngineContract("SearXNG", {
  server,
  make: ({ baseUrl, timeoutMs }) => createSearxng({ url: baseUrl, label: "SearXNG", hosting: undefined, timeoutMs }),
  inItsWords: (results) => ({
    query: "congés annuels",
    results: results.map(({ url, title, snippet, date }) => ({
      url,
      title,
      content: snippet,
      publishedDate: date,
      engine: "mojeek",
      engines: ["mojeek"],
      score: 1,
      category: "general",
    })),
    unresponsive_engines: [],
  }),
  refusal: "json_disabled",
});

searchEngineContract("Staan", {
  server,
  make: ({ baseUrl, timeoutMs }) => createStaan({ url: `${baseUrl}/v2`, apiKey: KEY, hosting: undefined, timeoutMs }),
  inItsWords: (results) => ({
    web: {
      results: results.map(({ url, title, snippet, date }) => ({
        url,
        title,
        snippet,
        published_date: date,
        hostname: "x",
      })),
    },
  }),
  refusal: "refused",
});

describe("SearXNG", () => {
  const engine = createSearxng({ url: `${server.baseUrl}/recherche/`, label: "SearXNG", hosting: "DINUM" });

  it("asks for JSON, moderate, under the path of its address, and for a period when there is one", async () => {
    server.reply(searxngReply([]));
    await engine.search({ text: "a&b=c", period: null, page: 1 }, never());
    await engine.search({ text: "budget", period: "week", page: 2 }, never());
    const common = { format: "json", language: "fr", safesearch: "1" };
    expect(server.requests.map(({ path, parameters }) => ({ path, parameters }))).toEqual([
      { path: "/recherche/search", parameters: { ...common, q: "a&b=c", pageno: "1" } },
      {
        path: "/recherche/search",
        parameters: { ...common, q: "budget", pageno: "2", time_range: "week", categories: "general,news" },
      },
    ]);
  });

  it("takes no order from a query: neither another engine, nor another site, nor another language", async () => {
    server.reply(searxngReply([]));
    await engine.search(
      { text: "!!g congés :en !bing <3 annuels l’été ! C’est 10:30", period: null, page: 1 },
      never(),
    );
    expect(server.requests[0]?.parameters.q).toBe("g congés en bing 3 annuels l’été ! C’est 10:30");
  });

  it("has failed when none of its own engines answered, and not when some did", async () => {
    const unresponsive_engines = [["mojeek", "timeout"]];
    server.reply(searxngReply([], { unresponsive_engines }));
    await expect(engine.search({ text: "x", period: null, page: 1 }, never())).rejects.toMatchObject({
      fault: "unresponsive",
    });
    server.reply(searxngReply([{ url: "https://a.fr/", title: "A" }], { unresponsive_engines }));
    expect((await engine.search({ text: "x", period: null, page: 1 }, never())).results).toHaveLength(1);
  });

  it("says where it is hosted, its host when nobody says", () => {
    expect(engine.engine).toEqual({ id: "searxng", label: "SearXNG", hosting: "DINUM" });
    const other = createSearxng({ url: "http://recherche.exemple.fr", label: "Autre", hosting: undefined });
    expect(other.engine.hosting).toBe("recherche.exemple.fr");
  });

  it("is waited for five seconds, no more", async () => {
    server.reply("silent");
    const startedAt = performance.now();
    await expect(engine.search({ text: "x", period: null, page: 1 }, never())).rejects.toMatchObject({
      fault: "timeout",
    });
    expect(performance.now() - startedAt).toBeGreaterThan(ENGINE_MS - 50);
    expect(performance.now() - startedAt).toBeLessThan(ENGINE_MS + 1_500);
  });
});

describe("Staan", () => {
  const engine = createStaan({ url: `${server.baseUrl}/v2/`, apiKey: KEY, hosting: undefined });

  it("gives its key in a header, and a query of 400 characters at most", async () => {
    server.reply({ json: { web: { results: [] } } });
    await engine.search({ text: "mot ".repeat(200), period: "day", page: 2 }, never());
    const [request] = server.requests;
    expect(request).toMatchObject({ path: "/v2/search/web", authorization: `Bearer ${KEY}` });
    expect(request?.parameters).toEqual({ q: "mot ".repeat(100), market: "fr-fr", offset: "10" });
  });

  it("has four pages: the fifth is not asked for", async () => {
    server.reply({ json: { web: { results: [{ url: "https://a.fr/", title: "A", description: "Décrit" }] } } });
    expect(await engine.search({ text: "x", period: null, page: 4 }, never())).toMatchObject({
      results: [{ snippet: "Décrit" }],
      hasMore: false,
    });
    expect(await engine.search({ text: "x", period: null, page: 5 }, never())).toEqual({ results: [], hasMore: false });
    expect(server.requests).toHaveLength(1);
  });
});
