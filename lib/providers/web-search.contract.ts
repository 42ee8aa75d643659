import { beforeEach, describe, expect, it } from "vitest";
import { type EngineQuestion, type SearchEngineAdapter, SearchEngineError } from "./web-search.engine";

/** What the server of an engine answers a request with: JSON, or what real ones do instead. */
export type EngineReply =
  | { json: unknown }
  | { status: number; headers?: Record<string, string>; text?: string }
  | "silent"
  /** A byte now and then, for ever. */
  | "drip"
  | "cut"
  | "endless";

/** A server that answers as it is told, the last reply again and again. */
type EngineServer = {
  baseUrl: string;
  requests: readonly { parameters: Record<string, string> }[];
  reply: (...replies: EngineReply[]) => void;
};

/** A result in the words of this contract; each engine has its own. */
type Said = { url?: unknown; title?: unknown; snippet?: unknown; date?: unknown };

export type EngineUnderTest = {
  server: EngineServer;
  make: (options: { baseUrl: string; timeoutMs: number }) => SearchEngineAdapter;
  /** The results as this engine writes them. */
  inItsWords: (results: readonly Said[]) => unknown;
  /** What a refusal means, 401 or 403. */
  refusal: string;
};

const aQuestion = (more: Partial<EngineQuestion> = {}): EngineQuestion => ({
  text: "congés annuels",
  period: null,
  page: 1,
  ...more,
});
const never = () => new AbortController().signal;

/** What every engine owes, whatever its server does. */
export function searchEngineContract(name: string, { server, make, inItsWords, refusal }: EngineUnderTest): void {
  const engine = make({ baseUrl: server.baseUrl, timeoutMs: 20_000 });
  const impatient = make({ baseUrl: server.baseUrl, timeoutMs: 300 });

  const asked = async (reply: EngineReply, more?: Partial<EngineQuestion>) => {
    server.reply(reply);
    return engine.search(aQuestion(more), never());
  };
  const given = async (results: readonly Said[], more?: Partial<EngineQuestion>) =>
    (await asked({ json: inItsWords(results) }, more)).results;
  const page = (url: unknown, more: Said = {}): Said => ({ url, title: "Titre", snippet: "Extrait", ...more });

  describe(`search engine: ${name}`, () => {
    beforeEach(() => server.reply());

    it("gives the results in the engine's order, and says that there may be more", async () => {
      const answer = await asked({
        json: inItsWords([
          page("https://www.insee.fr/a", { title: "Un", date: "2024-03-02T08:30:00+01:00" }),
          page("https://exemple.fr/b", { title: "Deux" }),
        ]),
      });
      expect(answer).toEqual({
        results: [
          { url: "https://www.insee.fr/a", title: "Un", snippet: "Extrait", date: "2024-03-02T07:30:00.000Z" },
          { url: "https://exemple.fr/b", title: "Deux", snippet: "Extrait", date: null },
        ],
        hasMore: true,
      });
    });

    it("asks once, in French, and for the page that is wanted", async () => {
      await given([page("https://exemple.fr/")], { page: 3 });
      expect(server.requests).toHaveLength(1);
      const { parameters } = server.requests[0] ?? { parameters: {} };
      expect(parameters).toMatchObject({ q: "congés annuels" });
      expect(Object.values(parameters).join(" ")).toMatch(/\bfr\b/);
      expect(Object.values(parameters)).toContain(name === "Staan" ? "20" : "3");
    });

    it("takes an empty answer for what it is", async () => {
      expect(await asked({ json: inItsWords([]) })).toEqual({ results: [], hasMore: false });
    });

    it.each([
      ["a page instead of JSON", { status: 200, text: "<html><title>Portail</title></html>" }, "malformed"],
      ["JSON that is cut", { status: 200, text: '{"results":[{"url"' }, "malformed"],
      ["another shape", { json: { items: [] } }, "malformed"],
      ["null", { json: null }, "malformed"],
      ["results that are no list", { json: { results: "aucun", web: { results: {} } } }, "malformed"],
      ["a refusal of the key", { status: 401 }, refusal],
      ["a refusal", { status: 403, text: "Forbidden" }, refusal],
      ["an error of its own", { status: 500, text: "Internal Server Error" }, "failed"],
      ["an unknown address", { status: 404 }, "failed"],
      ["a redirect, which is not followed", { status: 302, headers: { location: "/ailleurs" } }, "failed"],
      ["a server that is too busy", { status: 429 }, "busy"],
      ["a connection that is cut", "cut", "unreachable"],
      ["a body without end", "endless", "too_large"],
    ] as const)("fails on %s", async (_what, reply, fault) => {
      await expect(asked(reply)).rejects.toMatchObject({ name: "SearchEngineError", fault });
      expect(server.requests).toHaveLength(1);
    });

    it.each(["silent", "drip"] as const)("fails when the answer takes too long: %s", async (reply) => {
      server.reply(reply);
      await expect(impatient.search(aQuestion(), never())).rejects.toMatchObject({ fault: "timeout" });
    });

    it("refuses more than 2 MB of results that are right", async () => {
      const long = Array.from({ length: 100 }, (_, n) =>
        page(`https://exemple.fr/${n}`, { snippet: "x".repeat(25_000) }),
      );
      await expect(given(long)).rejects.toMatchObject({ fault: "too_large" });
    });

    it("fails when nobody listens", async () => {
      const nowhere = make({ baseUrl: "http://127.0.0.1:9", timeoutMs: 400 });
      await expect(nowhere.search(aQuestion(), never())).rejects.toMatchObject({ fault: "unreachable" });
    });

    it.each([
      [{ "retry-after": "30" }, 30_000],
      [{ "retry-after": "bientôt" }, undefined],
      [{}, undefined],
    ])("says for how long a busy server asks to be left alone: %j", async (headers, retryAfterMs) => {
      const error = await asked({ status: 429, headers }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(SearchEngineError);
      expect((error as SearchEngineError).retryAfterMs).toBe(retryAfterMs);
    });

    it("stops at once when the agent does, with the agent's reason", async () => {
      server.reply("silent");
      const stop = new AbortController();
      const asking = engine.search(aQuestion(), stop.signal);
      stop.abort(new Error("stopped"));
      await expect(asking).rejects.toThrow("stopped");
    });

    it("gives plain text: no markup, no entity, one line", async () => {
      const [result] = await given([
        page("https://exemple.fr/", {
          title: "Cong&eacute;s <b>annuels</b> &amp; RTT<script>alert(1)</script>",
          snippet:
            "L&#39;agent<br>a <em>droit</em>\n à\u0000 «&nbsp;25&nbsp;jours&nbsp;»&hellip; <img src=x onerror=alert(1)>",
        }),
      ]);
      expect(result).toMatchObject({ title: "Congés annuels & RTT", snippet: "L'agent a droit à « 25 jours »…" });
    });

    it("drops addresses that are not of the web, whatever their notation", async () => {
      const bad = [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,<p>",
        "ftp://exemple.fr/",
        "file:///etc/passwd",
        "https://moi:secret@exemple.fr/",
        "//exemple.fr/",
        "/relatif",
        "",
        null,
        42,
        `https://exemple.fr/${"x".repeat(3_000)}`,
      ];
      expect(await given([...bad.map((url) => page(url)), page("https://bon.fr/")])).toMatchObject([
        { url: "https://bon.fr/" },
      ]);
    });

    it("removes what only tracks readers from addresses, and leaves the rest as it is written", async () => {
      const results = await given([
        page("https://exemple.fr/a?id=4%20b&utm_source=x&fbclid=y&xtor=EPR-1&page=2#titre"),
        page("https://exemple.fr/b?utm_medium=z"),
        page("https://exemple.fr/c?q=caf%C3%A9+noir&at_medium_x=1"),
      ]);
      expect(results.map(({ url }) => url)).toEqual([
        "https://exemple.fr/a?id=4%20b&page=2",
        "https://exemple.fr/b",
        "https://exemple.fr/c?q=caf%C3%A9+noir&at_medium_x=1",
      ]);
    });

    it("gives each page once, however its address is written", async () => {
      const results = await given([
        page("https://www.exemple.fr/a/"),
        page("http://exemple.fr/a"),
        page("https://exemple.fr/a?utm_source=x#bas"),
        page("https://exemple.fr/a?page=2"),
      ]);
      expect(results.map(({ url }) => url)).toEqual(["https://www.exemple.fr/a/", "https://exemple.fr/a?page=2"]);
    });

    it("does without a title, a snippet, a date, or anything but the address", async () => {
      const results = await given([
        { url: "https://exemple.fr/seul" },
        page("https://exemple.fr/vide", { title: "  ", snippet: null }),
        page("https://exemple.fr/autre", { title: ["liste"], snippet: { a: 1 }, date: 1_700_000_000 }),
        {},
      ]);
      expect(results).toEqual(
        ["seul", "vide", "autre"].map((name) => ({
          url: `https://exemple.fr/${name}`,
          title: "exemple.fr",
          snippet: "",
          date: null,
        })),
      );
    });

    it("keeps at most thirty of a hundred results, and cuts what is too long", async () => {
      const results = await given(
        Array.from({ length: 100 }, (_, n) =>
          page(`https://exemple.fr/${n}`, { title: "T".repeat(1_000), snippet: "mot ".repeat(1_000) }),
        ),
      );
      expect(results).toHaveLength(30);
      expect(results[0]?.title).toHaveLength(300);
      expect(results[0]?.snippet.length).toBeLessThanOrEqual(600);
      expect(results[0]?.snippet).toMatch(/mot…$/);
    });

    it("does not read odd dates, and drops what is known to be older than the period", async () => {
      const old = new Date(Date.now() - 40 * 24 * 3_600_000).toISOString();
      const fresh = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString();
      const dates = [
        "2026-02-31",
        "0001-01-01T00:00:00",
        "2090-01-01",
        "hier",
        "03/05/2024",
        "",
        {},
        "2024-13-45T00:00:00",
      ];
      const odd = await given(dates.map((date, n) => page(`https://exemple.fr/${n}`, { date })));
      expect(odd.map(({ date }) => date)).toEqual(dates.map(() => null));

      const recent = await given(
        [
          page("https://exemple.fr/vieux", { date: old }),
          page("https://exemple.fr/frais", { date: fresh }),
          page("https://exemple.fr/sans"),
        ],
        { period: "week" },
      );
      expect(recent).toMatchObject([
        { url: "https://exemple.fr/frais", date: fresh },
        { url: "https://exemple.fr/sans", date: null },
      ]);
    });

    it("reads dates with a zone, and keeps the day alone of those without", async () => {
      const dates = ["2024-05-03T10:00:00+02:00", "2024-05-03T10:00:00", "2024-05-03", "Fri, 03 May 2024 10:00:00 GMT"];
      const results = await given(dates.map((date, n) => page(`https://exemple.fr/${n}`, { date })));
      expect(results.map(({ date }) => date)).toEqual([
        "2024-05-03T08:00:00.000Z",
        "2024-05-03",
        "2024-05-03",
        "2024-05-03T10:00:00.000Z",
      ]);
    });
  });
}
