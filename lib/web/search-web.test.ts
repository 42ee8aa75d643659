import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { minuteOf, parisDayOf } from "@/lib/limits/rules";
import { forgetSearches, listSearchEngines } from "@/lib/providers/web-search";
import type { EngineReply } from "@/lib/providers/web-search.contract";
import { aResult, searxngReply, startScriptedSearch } from "@/tests/support/scripted-search";
import { setTestSettings } from "@/tests/support/settings";
import type { WebQuery } from "./schema";
import { searchWeb } from "./search-web";

const KEY = "cle-tres-secrete-de-staan";
const first = await startScriptedSearch();
const second = await startScriptedSearch();
setTestSettings({
  SEARXNG_URL: first.baseUrl,
  SEARXNG_LABEL: "Moteur interne",
  SEARXNG_HOSTING: "DINUM",
  STAAN_URL: `${second.baseUrl}/v2`,
  STAAN_API_KEY: KEY,
  WEB_SEARCH_PER_AGENT_PER_MINUTE: "3",
  WEB_SEARCH_PER_AGENT_PER_DAY: "5",
});
afterAll(async () => {
  await first.close();
  await second.close();
});

const warned = vi.spyOn(console, "warn");
beforeEach(() => {
  forgetSearches();
  warned.mockReset().mockImplementation(() => {});
  first.reply({ status: 500 });
  second.reply({ status: 500 });
});
afterEach(() => vi.useRealTimers());

const never = () => new AbortController().signal;
const anAgent = () => crypto.randomUUID();
const aQuery = (more: Partial<WebQuery> = {}): WebQuery => ({
  text: `congés ${crypto.randomUUID()}`,
  period: null,
  officialOnly: false,
  ...more,
});
const search = (query: WebQuery = aQuery(), agentId = anAgent(), signal = never()) =>
  searchWeb(query, { agentId, signal });
const staanReply = (results: readonly object[]): EngineReply => ({ json: { web: { results } } });
const faults = () => warned.mock.calls.map(([line]) => JSON.parse(String(line)).fault);

it("names the engines of the configuration, in order, and where they are hosted", () => {
  expect(listSearchEngines()).toEqual([
    { id: "searxng", label: "Moteur interne", hosting: "DINUM" },
    { id: "staan", label: "Staan", hosting: "127.0.0.1" },
  ]);
});

it("asks the first engine only, when it answers", async () => {
  first.reply(searxngReply([aResult("exemple.fr")]));
  expect(await search()).toMatchObject({ engine: { id: "searxng" }, results: [{ url: "https://exemple.fr/1" }] });
  expect(second.requests).toHaveLength(0);
});

it.each<[EngineReply, string]>([
  [{ status: 500 }, "failed"],
  [{ status: 200, text: "<html>" }, "malformed"],
  [{ status: 403 }, "json_disabled"],
  ["cut", "unreachable"],
  [searxngReply([], { unresponsive_engines: [["mojeek", "timeout"]] }), "unresponsive"],
])("falls back on the next engine after %j, and says why in the logs", async (reply, fault) => {
  first.reply(reply);
  second.reply(staanReply([aResult("exemple.fr")]));
  expect(await search()).toMatchObject({ engine: { id: "staan" }, results: [{ title: "Page 1 de exemple.fr" }] });
  expect(faults()).toEqual([fault]);
});

it("tells each engine that the query leaves for, once, and none when what it said is known", async () => {
  const asked: string[] = [];
  const onAsk = ({ id }: { id: string }) => asked.push(id);
  const query = aQuery({ officialOnly: true });
  first.reply({ status: 500 });
  second.reply(staanReply([aResult("exemple.fr")]));
  const ask = () => searchWeb(query, { agentId: anAgent(), signal: never(), onAsk });
  await ask();
  expect(asked).toEqual(["searxng", "staan"]);
  await ask();
  expect(asked).toEqual(["searxng", "staan"]);
});

it("takes « nothing found » for an answer", async () => {
  first.reply(searxngReply([]));
  expect(await search()).toMatchObject({ engine: { id: "searxng" }, results: [] });
  expect(second.requests).toHaveLength(0);
});

it("fails when every engine does, and takes nothing from the agent's limit", async () => {
  const agentId = anAgent();
  for (let n = 0; n < 3; n += 1)
    await expect(search(aQuery(), agentId)).rejects.toMatchObject({ code: "web_search_failed" });
  forgetSearches();
  first.reply(searxngReply([aResult("exemple.fr")]));
  for (let n = 0; n < 3; n += 1) await search(aQuery(), agentId);
});

it("leaves an engine alone after three failures, and tries it again a minute later", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  second.reply(staanReply([aResult("exemple.fr")]));
  for (let n = 0; n < 5; n += 1) await search();
  expect(first.requests).toHaveLength(3);
  expect(second.requests).toHaveLength(5);

  vi.setSystemTime(Date.now() + 60_001);
  await search();
  expect(first.requests).toHaveLength(4);
  await search();
  expect(first.requests).toHaveLength(4);

  vi.setSystemTime(Date.now() + 60_001);
  first.reply(searxngReply([aResult("exemple.fr")]));
  expect((await search()).engine.id).toBe("searxng");
  expect((await search()).engine.id).toBe("searxng");
});

it("leaves an engine alone at once for as long as it asks", async () => {
  first.reply({ status: 429, headers: { "retry-after": "120" } });
  second.reply(staanReply([aResult("exemple.fr")]));
  for (let n = 0; n < 3; n += 1) await search();
  expect(first.requests).toHaveLength(1);
});

it("does not hold a stop against the engine, nor ask the next one", async () => {
  first.reply("silent");
  for (let n = 0; n < 4; n += 1) {
    const stop = new AbortController();
    const searching = expect(search(aQuery(), anAgent(), stop.signal)).rejects.toThrow("stopped");
    await vi.waitFor(() => expect(first.requests).toHaveLength(n + 1));
    stop.abort(new Error("stopped"));
    await searching;
  }
  first.reply(searxngReply([aResult("exemple.fr")]));
  expect((await search()).engine.id).toBe("searxng");
  expect(second.requests).toHaveLength(0);
  expect(warned).not.toHaveBeenCalled();
});

it("asks once for half an hour, whoever asks, and what was known costs nothing", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2090-07-03T12:00:10Z") });
  first.reply(searxngReply([aResult("exemple.fr")]));
  const [query, agentId] = [aQuery(), anAgent()];
  for (let n = 0; n < 10; n += 1) await search(query, agentId);
  await search(query);
  expect(first.requests).toHaveLength(1);
  await search({ ...query, period: "week" }, agentId);
  await search({ ...query, text: `${query.text} annuels` }, agentId);
  expect(first.requests).toHaveLength(3);
  await expect(search(aQuery(), agentId)).rejects.toMatchObject({ code: "web_search_limit" });
  expect(await search(query, agentId)).toMatchObject({ results: [{}] });
});

it("refuses an agent beyond the minute's limit, then the day's, with the moment when it reopens, before anything leaves", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2090-07-03T12:00:10Z") });
  first.reply(searxngReply([aResult("exemple.fr")]));
  const agentId = anAgent();
  for (let n = 0; n < 3; n += 1) await search(aQuery(), agentId);
  await expect(search(aQuery(), agentId)).rejects.toMatchObject({
    code: "web_search_limit",
    reopensAt: minuteOf(new Date()).endsAt,
  });
  await search(aQuery(), anAgent());

  vi.setSystemTime(minuteOf(new Date()).endsAt);
  for (let n = 0; n < 2; n += 1) await search(aQuery(), agentId);
  expect(first.requests).toHaveLength(6);
  await expect(search(aQuery(), agentId)).rejects.toMatchObject({
    code: "web_search_limit",
    reopensAt: parisDayOf(new Date()).endsAt,
  });
  expect(first.requests).toHaveLength(6);
});

it("puts official results first, three of a site at most, once each, eight in all", async () => {
  first.reply(
    searxngReply([
      aResult("blog.fr", 1),
      aResult("www.insee.fr", 1),
      aResult("blog.fr", 2),
      aResult("blog.fr", 3),
      aResult("blog.fr", 4),
      aResult("www.insee.fr", 1),
      ...["a", "b", "c", "d", "e"].map((name) => aResult(`${name}.fr`)),
    ]),
  );
  const { results } = await search();
  expect(results.map(({ url }) => url)).toEqual([
    "https://www.insee.fr/1",
    "https://blog.fr/1",
    "https://blog.fr/2",
    "https://blog.fr/3",
    "https://a.fr/1",
    "https://b.fr/1",
    "https://c.fr/1",
    "https://d.fr/1",
  ]);
});

it("keeps official sources only, and asks three pages at most for eight of them, as one search", async () => {
  const page = (n: number) =>
    searxngReply([
      aResult("evil-insee.fr", n),
      aResult("gouv.fr.evil.com", n),
      aResult("www.insee.fr", n),
      aResult(`m${n}.gouv.fr`, n),
    ]);
  first.reply(page(1), page(2), page(3), page(4));
  const agentId = anAgent();
  const { results } = await search(aQuery({ officialOnly: true }), agentId);
  expect(first.requests.map(({ parameters }) => parameters.pageno)).toEqual(["1", "2", "3"]);
  expect(results.map(({ url }) => new URL(url).host)).toEqual([
    "www.insee.fr",
    "m1.gouv.fr",
    "www.insee.fr",
    "m2.gouv.fr",
    "www.insee.fr",
    "m3.gouv.fr",
  ]);
  for (let n = 0; n < 2; n += 1) await search(aQuery(), agentId);
});

it("stops asking for pages once there are eight, or none, and does with what came when a page fails", async () => {
  const official = (from: number) => searxngReply(Array.from({ length: 8 }, (_, n) => aResult(`s${from + n}.gouv.fr`)));
  first.reply(official(0));
  expect((await search(aQuery({ officialOnly: true }))).results).toHaveLength(8);
  expect(first.requests).toHaveLength(1);

  first.reply(searxngReply([aResult("insee.fr")]), searxngReply([]));
  expect((await search(aQuery({ officialOnly: true }))).results).toHaveLength(1);
  expect(first.requests).toHaveLength(2);

  first.reply(searxngReply([aResult("insee.fr")]), { status: 500 });
  expect(await search(aQuery({ officialOnly: true }))).toMatchObject({ engine: { id: "searxng" }, results: [{}] });
  expect(second.requests).toHaveLength(0);
});

it("never says a query, a key, an address nor an agent, whatever goes wrong", async () => {
  const said: string[] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void said.push(words.join(" ")));
  const query = aQuery({ text: "grève de Marie Durand" });
  const replies: EngineReply[] = [
    { status: 401 },
    { status: 500, text: query.text },
    { status: 200, text: `<p>${query.text}` },
    "cut",
    { json: { results: query.text } },
  ];
  const errors: string[] = [];
  for (const reply of replies) {
    forgetSearches();
    first.reply(reply);
    second.reply(reply);
    const error = await search(query, "agent-42").catch((reason: Error) => reason);
    errors.push(JSON.stringify(error), String(error), String((error as Error).stack));
  }
  expect(said.length).toBe(10);
  for (const text of [...said, ...errors]) {
    expect(text).not.toMatch(/Marie|Durand|gr%C3%A8ve|agent-42|http:\/\/127/);
    expect(text).not.toContain(KEY);
  }
  vi.mocked(console.error).mockReset();
});
