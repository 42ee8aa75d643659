import { describe, expect, it } from "vitest";
import { isCitedPage } from "@/lib/conversations/rules";
import { chooseSearches } from "@/lib/preferences/mutations";
import { forgetSearches } from "@/lib/providers/web-search";
import { anActor } from "@/tests/support/actors";
import { given, searchIn, startAskingTheWeb, toolNames } from "@/tests/support/asking-the-web";
import { onEachDatabase } from "@/tests/support/database";
import { searxngReply } from "@/tests/support/scripted-search";

const { ask, queries, engine, site, result, leave, extraDays } = await startAskingTheWeb();

onEachDatabase(() => {
  describe("a search that the agent wants", () => {
    it("is made before the answer, whose citations open the passage as it was read", async () => {
      const { sent, parts, texts, heard, status } = await ask("searches-web");
      expect(sent[0]).toMatchObject({ tool_choice: { type: "function", function: { name: "search_web" } } });
      expect(queries()).toEqual(["congés annuels fonction publique"]);
      expect(given(sent[1], "tool")).toMatch(
        /⟦DÉBUT\s:\sEXTRAIT source 1, page web «\sLes congés annuels\s», site «\sSite d’essai\s», datée du 2026-03-03, http[^⟧]*⟧/,
      );
      expect(given(sent[1], "system")).not.toContain("obligations hebdomadaires");
      expect(given(sent[1], "user")).not.toContain("obligations hebdomadaires");
      expect(searchIn(parts)).toMatchObject({
        step: "done",
        query: "congés annuels fonction publique",
        engine: { label: "SearXNG", hosting: "la DINUM, en France" },
        engines: [{ label: "SearXNG", hosting: "la DINUM, en France" }],
        pages: [
          { title: "Les congés annuels", site: "Site d’essai", state: "read", failure: null },
          { title: "Jours de fractionnement", state: "read" },
        ],
      });
      const [source] = texts.flatMap(({ sources = [] }) => sources);
      if (!source || !isCitedPage(source)) throw new Error("no page is cited");
      expect(source).toMatchObject({ url: leave.url, title: "Les congés annuels", site: "Site d’essai" });
      expect(source.date).toContain("2026-03-03");
      expect(heard.text).toContain(`«\u00a0${source.passage.slice(source.start, source.end)}\u00a0» [1]`);
      expect(searchIn(parts).pages[0]?.passages).toContain(source.passage);
      expect(heard.text).not.toContain("Je vais chercher");
      expect(status).toBe("completed");
    });

    it("shows its steps as it goes: searching, reading, done", async () => {
      const steps: string[] = [];
      await ask("searches-web", {
        words: (call) => {
          if (call.name === "search_web" && call.output) steps.push(call.output.step);
          return null;
        },
      });
      expect([...new Set(steps)]).toEqual(["searching", "reading", "done"]);
    });

    it.each([
      ["the query it writes when it does not call", "[query:a-query] Mes congés ?", "congés annuels agents publics"],
      ["the question, when what it writes is no query", "[query:no-query] Mes congés ?", /Mes congés/],
    ])("is made whatever the model prefers: with %s", async (_what, question, query) => {
      const { heard, parts } = await ask("answers-without-searching", { question });
      expect(queries()).toHaveLength(1);
      expect(queries()[0]).toMatch(query);
      expect(searchIn(parts).step).toBe("done");
      expect(heard.text).toContain("[1]");
    });

    it("is made for a model that says nothing when it must call", async () => {
      const { heard } = await ask("says-nothing-then-answers", { question: "[query:a-query] Mes congés ?" });
      expect(queries()).toEqual(["congés annuels agents publics"]);
      expect(heard.text).toBe("Voici ce que je sais.");
    });

    it("is made for a model without tools, which reads what was found before the question", async () => {
      const question = "[query:a-query] Mes congés ?";
      const { sent, heard, parts } = await ask("answers-without-searching", { question, modelId: "simple" });
      expect(queries()).toEqual(["congés annuels agents publics"]);
      expect(sent).toHaveLength(1);
      expect(sent[0]?.messages?.map(({ role }) => role)).toEqual(["system", "user"]);
      expect(given(sent[0], "user")).toMatch(
        /⟦DÉBUT\s:\sEXTRAIT source 1, page web[\s\S]*⟦FIN\s:\sEXTRAIT⟧[\s\S]*Mes congés/,
      );
      expect(heard.text).toContain("[1]");
      expect(parts).toHaveLength(1);
    });

    it("leaves without personal data, and says what was taken out", async () => {
      const { parts } = await ask("searches-web-with-personal-data");
      expect(queries()).toEqual(["congés de"]);
      expect(searchIn(parts).removed).toHaveLength(2);
    });

    it("asks for what is recent when the question does", async () => {
      const { parts } = await ask("searches-web", { question: "Les dernières actualités de cette semaine ?" });
      expect(engine.requests[0]?.parameters.time_range).toBe("week");
      expect(searchIn(parts).period).toBe("week");
    });

    it("is of official sites only when the agent says so", async () => {
      engine.reply(searxngReply([leave, { ...leave, url: "https://www.service-public.gouv.fr/conges" }]));
      const { parts } = await ask("searches-web", { web: "official" });
      expect(searchIn(parts)).toMatchObject({ officialOnly: true, pages: [{ site: "service-public.gouv.fr" }] });
      expect(site.visits).toEqual([]);
    });
  });

  describe("what goes wrong never ends the turn", () => {
    it("an engine that is down: the model is told, and answers without", async () => {
      engine.reply({ status: 500 });
      const { parts, sent, status } = await ask("searches-web");
      expect(searchIn(parts)).toMatchObject({ step: "failed", pages: [] });
      expect(given(sent[1], "tool")).toContain("La recherche n’a pas abouti");
      expect(status).toBe("completed");
    });

    it("nothing found: the model is told", async () => {
      engine.reply(searxngReply([]));
      const { sent, status } = await ask("searches-web");
      expect(given(sent[1], "tool")).toContain("aucun résultat");
      expect(status).toBe("completed");
    });

    it("a page that hangs or is missing: the others are read", async () => {
      const others = [result("/slow", "Page lente"), result("/absente", "Page absente"), extraDays];
      engine.reply(searxngReply(others));
      const { parts, sent } = await ask("searches-web");
      expect(searchIn(parts).pages).toMatchObject([
        { state: "unread", failure: "timeout" },
        { state: "unread", failure: "status" },
        { state: "read" },
      ]);
      expect(given(sent[1], "tool")).toMatch(/⟦DÉBUT\s:\sRÉSULTATS DE RECHERCHE⟧\n- Page lente/);
      expect(given(sent[1], "tool")).toContain("Jours de fractionnement");
    });

    it("a query that no database can hold: it is stored without what it cannot", async () => {
      const { parts, status } = await ask("searches-web-with-broken-characters");
      expect(parts).toMatchObject([{ state: "done", input: { query: expect.stringMatching(/^congés . annuels$/) } }]);
      expect(status).toBe("completed");
    });

    it("more searches than the limit: said", async () => {
      const actor = await anActor();
      const steps: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        forgetSearches();
        const { parts } = await ask("searches-web", { actor, question: `Congés ${n} ?` });
        steps.push(searchIn(parts).step);
      }
      expect(steps).toEqual(["done", "done", "done", "done", "limited"]);
    });
  });

  it("is searched by the model alone only when the agent lets it", async () => {
    const actor = await anActor();
    const { sent } = await ask("default", { actor, web: "off" });
    expect(toolNames(sent[0])).not.toContain("search_web");
    const unasked = await ask("searches-web", { actor, web: "off" });
    expect(unasked.parts).toMatchObject([{ name: "search_web", state: "failed" }]);
    expect(queries()).toEqual([]);
    expect(unasked.status).toBe("completed");
    await chooseSearches(actor, { searchesAlone: true });
    const alone = await ask("searches-web", { actor, web: "off" });
    expect(toolNames(alone.sent[0])).toContain("search_web");
    expect(alone.sent[0]?.tool_choice).toBe("auto");
    expect(searchIn(alone.parts).step).toBe("done");
  });
});
