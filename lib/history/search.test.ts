import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import type { MessagePart } from "@/lib/conversations/schema";
import { parisDay } from "@/lib/i18n/paris-day";
import { newId } from "@/lib/id";
import { createProject, moveConversations } from "@/lib/projects/mutations";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aConversation, anOpenedTurn, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { findInConversation, searchHistory, searchHistoryQuickly } from "./queries";
import type { HistoryHit, HistorySearch } from "./schema";

const search = (actor: Actor, query: string, rest: Partial<HistorySearch> = {}) =>
  searchHistory(actor, { query, sort: "relevance", ...rest });

const marked = ({ snippet }: HistoryHit) => snippet.flatMap(({ text, isMatch }) => (isMatch ? text : []));
const said = ({ snippet }: HistoryHit) => snippet.map(({ text }) => text).join("");

/** What is found, in short. */
async function found(actor: Actor, query: string): Promise<string[]> {
  const { hits } = await search(actor, query);
  return hits.map(({ kind }) => kind);
}

onEachDatabase(() => {
  describe("the words of a query", () => {
    it.each([
      ["a title", "télétravail", "Le régime du télétravail", "title"],
      ["accents and capitals", "TELETRAVAIL", "Le régime du télétravail", "question"],
      ["an elision", "agent", "Les droits de l’agent contractuel", "question"],
      ["an elision in the query", "l’agent", "Un agent demande sa mutation", "question"],
      ["a plural", "congés annuels", "Un congé annuel", "question"],
      ["a hyphen", "porte-monnaie", "Un porte monnaie perdu", "question"],
      ["a hyphen in the text", "compte rendu", "Écris un compte-rendu", "question"],
      ["a number in three parts", "1 200", "Une dépense de 1 200 euros", "question"],
    ])("are found through %s", async (_what, query, question, kind) => {
      const actor = await anActor();
      await aConversation(actor, { question });
      await aConversation(actor, { question: "Rien à voir", answer: "Vraiment rien" });
      const { hits } = await search(actor, query);
      expect(hits.map((hit) => hit.kind)).toContain(kind);
      expect(hits.every(({ title }) => title === question)).toBe(true);
    });

    it("are all needed, and are marked in some two lines of what holds them", async () => {
      const actor = await anActor();
      const filler = "Ceci précède de loin ce que l’on cherche. ".repeat(30);
      const answer = `${filler}Le **budget** de la commune est voté en séance. ${filler}`;
      const turn = await aConversation(actor, { question: "Qui décide ?", answer });
      await aConversation(actor, { question: "Un budget", answer: "Sans autre précision" });
      const { hits, total } = await search(actor, "budgets communes");
      expect(total).toBe(1);
      expect(hits[0]).toMatchObject({
        conversationId: turn.conversationId,
        messageId: turn.answerId,
        kind: "answer",
        title: "Qui décide ?",
        name: null,
      });
      expect(hits.flatMap(marked)).toEqual(["budget", "commune"]);
      expect(hits.map(said).join("").length).toBeLessThan(240);
    });

    it("between quotation marks are found as they are written, but for accents, capitals and elisions", async () => {
      const actor = await anActor();
      await aConversation(actor, { question: "Le Conseil d’État a statué", answer: "Les conseils des états" });
      expect(await found(actor, "conseil etat")).toContain("answer");
      expect(await found(actor, '"conseil d’etat"')).toEqual(expect.arrayContaining(["title", "question"]));
      expect(await found(actor, '"conseil d’etat"')).not.toContain("answer");
      expect(await found(actor, "« l’état a statué »")).toHaveLength(2);
      expect(await found(actor, '"état conseil"')).toEqual([]);
      expect(await found(actor, '"conseils"')).toEqual(["answer"]);
    });

    it("after a minus must not be there", async () => {
      const actor = await anActor();
      await aConversation(actor, { question: "Budget de la commune", answer: "Budget du département" });
      for (const minus of ["-", "−"]) {
        expect(await found(actor, `budget ${minus}commune`)).toEqual(["answer"]);
        expect(await found(actor, `budget ${minus}"de la commune"`)).toEqual(["answer"]);
      }
      expect(await found(actor, "-budget")).toEqual([]);
    });
  });

  describe("filters", () => {
    it("keep what the web was searched for, what a model answered, and what was written then", async () => {
      const actor = await anActor();
      const web: MessagePart = {
        type: "text",
        text: "Le seuil est de 40 000 euros [1].",
        sources: [
          {
            number: 1,
            start: 0,
            end: 4,
            url: "https://www.economie.gouv.fr/seuils",
            title: "Les seuils des marchés publics",
            site: "economie.gouv.fr",
            date: null,
            readAt: new Date().toISOString(),
            passage: "Un marché inférieur au plafond est passé sans publicité.",
          },
        ],
      };
      const turn = await aRunningTurn(actor, "Quel seuil ?");
      await endTurn(actor.agentId, turn, { status: "completed" }, { parts: [web], text: web.text });
      await aConversation(actor, { question: "Un autre seuil" });
      expect((await search(actor, "seuil avec:web")).hits.every(({ title }) => title === "Quel seuil ?")).toBe(true);
      expect((await search(actor, "avec:web")).hits).toMatchObject([{ kind: "title", title: "Quel seuil ?" }]);
      expect((await search(actor, "plafond publicité")).hits).toMatchObject([
        { kind: "source", name: "Les seuils des marchés publics", messageId: turn.answerId },
      ]);
      expect((await search(actor, "seuil modèle:essai")).total).toBeGreaterThan(0);
      expect((await search(actor, 'seuil modele:"modèle d’essai"')).total).toBeGreaterThan(0);
      expect((await search(actor, "seuil modèle:autre")).total).toBe(0);
      const tomorrow = parisDay(new Date(Date.now() + 86_400_000));
      expect((await search(actor, `seuil avant:${tomorrow}`)).total).toBeGreaterThan(0);
      expect((await search(actor, `seuil après:${tomorrow}`)).total).toBe(0);
      expect((await search(actor, "seuil avant:2020")).total).toBe(0);
      expect((await search(actor, "seuil avant:hier-soir")).misread).toEqual(["avant:hier-soir"]);
    });
  });

  describe("a word that is written nowhere", () => {
    it("gives what looks like it, says so, and suggests how it is written", async () => {
      const actor = await anActor();
      await aConversation(actor, { question: "La commission administrative paritaire" });
      const page = await search(actor, "comission paritare");
      expect(page).toMatchObject({ isApproximate: true, suggestions: ["commission paritaire"] });
      expect(page.hits.length).toBeGreaterThan(0);
      expect(await search(actor, "commission paritaire")).toMatchObject({ isApproximate: false, suggestions: [] });
      expect(await search(actor, "zzzyyyxxx")).toMatchObject({ hits: [], isApproximate: false, total: 0 });
    });
  });

  describe("as one types", () => {
    it.each(["co", "comm", "commission p", "commission pari", "organis", "organisat", "organisation", "journau"])(
      "« %s » finds what begins so",
      async (typed) => {
        const actor = await anActor();
        await aConversation(actor, { question: "Organisation de la commission paritaire des journaux" });
        await aConversation(actor, { question: "Rien à voir", answer: "Un port, une porte" });
        const hits = await searchHistoryQuickly(actor, typed);
        expect(hits.map(({ kind }) => kind).sort()).toEqual(["question", "title"]);
        expect(hits.flatMap(marked).length).toBeGreaterThan(0);
      },
    );

    it("takes the words before the last one whole, and a last one followed by a blank too", async () => {
      const actor = await anActor();
      await aConversation(actor, { question: "Commission paritaire" });
      expect(await searchHistoryQuickly(actor, "comm paritaire")).toEqual([]);
      expect(await searchHistoryQuickly(actor, "commis ")).toEqual([]);
      expect(await searchHistoryQuickly(actor, "p")).toEqual([]);
      expect(await searchHistoryQuickly(actor, "portefeui")).toEqual([]);
    });

    it("gives eight hits at most", async () => {
      const actor = await anActor();
      for (let n = 0; n < 6; n += 1) await aConversation(actor, { question: `Budget ${n}`, answer: "Budget" });
      expect(await searchHistoryQuickly(actor, "bud")).toHaveLength(8);
    });
  });

  it("gives pages that follow one another without a gap, by relevance and by date", async () => {
    const actor = await anActor();
    for (let n = 0; n < 15; n += 1) await aConversation(actor, { question: `Budget ${n}`, answer: `Budget voté ${n}` });
    for (const sort of ["relevance", "date"] as const)
      for (const query of ["budget", '"budget"', "budg", "budgetr"]) {
        const seen: HistoryHit[] = [];
        let cursor: string | undefined;
        do {
          const page = await search(actor, query, { sort, ...(cursor && { cursor }) });
          expect(page.total).toBe(45);
          seen.push(...page.hits);
          cursor = page.nextCursor ?? undefined;
        } while (cursor);
        expect(new Set(seen.map((hit) => `${hit.conversationId} ${hit.messageId}`)).size).toBe(45);
        expect(seen).toHaveLength(45);
        if (sort === "date")
          expect(seen.map(({ at }) => at.getTime())).toEqual(seen.map(({ at }) => at.getTime()).sort((a, b) => b - a));
        else expect(seen[0]?.kind).toBe("title");
      }
  });

  it("finds its way in a conversation, among the messages that are shown, in their order", async () => {
    const actor = await anActor();
    const first = await aConversation(actor, { question: "Le budget", answer: "Le budget est voté" });
    const { conversationId, questionId } = first;
    const again = await anOpenedTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    const text = "Les budgets sont votés";
    await endTurn(actor.agentId, again, { status: "completed" }, { parts: [{ type: "text", text }], text });
    expect(await findInConversation(actor, conversationId, "budget")).toEqual({
      messageIds: [questionId, again.answerId],
    });
    expect(await findInConversation(actor, conversationId, '"budgets"')).toEqual({ messageIds: [again.answerId] });
    expect(await findInConversation(actor, conversationId, "absent")).toEqual({ messageIds: [] });
  });

  describe("a project", () => {
    it("keeps what is found within it, by its title or its beginning, and is named on each result", async () => {
      const actor = await anActor();
      const [inside, outside] = [
        await aConversation(actor, { question: "Un amendement", answer: "Un texte" }),
        await aConversation(actor, { question: "Un amendement", answer: "Un autre" }),
      ];
      const projectId = await createProject(actor, { title: "Loi de finances", colour: "teal" });
      await moveConversations(actor, { ids: [inside.conversationId], projectId });
      for (const query of ['amendement projet:"LOI DE FINANCES"', "amendement projet:loi", "projet:loi"]) {
        const { hits, unknownProject } = await search(actor, query);
        expect(new Set(hits.map(({ conversationId }) => conversationId))).toEqual(new Set([inside.conversationId]));
        expect(hits.every(({ project }) => project === "Loi de finances")).toBe(true);
        expect(unknownProject).toBeNull();
        expect(await searchHistoryQuickly(actor, `${query} `)).toHaveLength(hits.length);
      }
      const whole = await search(actor, "amendement projet:loup");
      expect(new Set(whole.hits.map(({ conversationId }) => conversationId))).toEqual(
        new Set([inside.conversationId, outside.conversationId]),
      );
      expect(whole).toMatchObject({ unknownProject: { title: "loup", reason: "unknown" }, misread: [] });
      expect(await search(actor, "projet:loup")).toMatchObject({ hits: [], unknownProject: { reason: "unknown" } });
      await createProject(actor, { title: "Loi organique", colour: "red" });
      expect(await search(actor, "projet:loi")).toMatchObject({ hits: [], unknownProject: { reason: "ambiguous" } });
      await createProject(await anActor(), { title: "Zone", colour: "red" });
      expect(await search(actor, "projet:zone")).toMatchObject({ unknownProject: { reason: "unknown" } });
    });
  });
});
