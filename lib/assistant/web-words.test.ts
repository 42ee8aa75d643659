import { describe, expect, it } from "vitest";
import { getConversation } from "@/lib/conversations/queries";
import { chooseSearches } from "@/lib/preferences/mutations";
import { copyShare, createShare } from "@/lib/sharing/mutations";
import { anActor } from "@/tests/support/actors";
import { given, searchIn, startAskingTheWeb, stepOf } from "@/tests/support/asking-the-web";
import { onEachDatabase } from "@/tests/support/database";
import { searxngReply } from "@/tests/support/scripted-search";
import { aQuestion, hear, opened } from "@/tests/support/turns";
import { followTurn } from "./follow-turn";
import { runTurn } from "./run-turn";
import { startTurn } from "./start-turn";

const { ask, queries, engine, site, result, leave } = await startAskingTheWeb();

onEachDatabase(() => {
  describe("what the agent decides", () => {
    const asking = async () => {
      const actor = await anActor();
      await chooseSearches(actor, { confirmsSearches: true });
      return actor;
    };

    it("lets the query leave as they corrected it", async () => {
      const { parts } = await ask("searches-web", {
        actor: await asking(),
        words: (call) => (stepOf(call) === "confirming" ? { kind: "send", query: "congés bonifiés" } : null),
      });
      expect(queries()).toEqual(["congés bonifiés"]);
      expect(searchIn(parts)).toMatchObject({ step: "done", query: "congés bonifiés" });
    });

    it("sends nothing when what they write instead is only personal data", async () => {
      const { parts } = await ask("searches-web", {
        actor: await asking(),
        words: (call) => (stepOf(call) === "confirming" ? { kind: "send", query: "06 12 34 56 78" } : null),
      });
      expect(queries()).toEqual([]);
      expect(searchIn(parts).step).toBe("refused");
    });

    it("keeps it from leaving", async () => {
      const { parts, sent, status } = await ask("searches-web", {
        actor: await asking(),
        words: (call) => (stepOf(call) === "confirming" ? { kind: "skip" } : null),
      });
      expect(queries()).toEqual([]);
      expect(searchIn(parts).step).toBe("refused");
      expect(given(sent[1], "tool")).toContain("n’a pas voulu");
      expect(status).toBe("completed");
    });

    it("stops the reading of pages: what has come is used", async () => {
      engine.reply(searxngReply([leave, result("/slow", "Page lente")]));
      const { parts, sent } = await ask("searches-web", {
        words: (call) =>
          call.name === "search_web" && call.output?.pages.some(({ state }) => state === "read")
            ? { kind: "skip" }
            : null,
      });
      expect(searchIn(parts)).toMatchObject({
        step: "skipped",
        pages: [{ state: "read" }, { state: "unread", failure: "cancelled" }],
      });
      expect(given(sent[1], "tool")).toContain("obligations hebdomadaires");
    });

    it("stops a search that takes long", async () => {
      engine.reply("silent");
      const { parts, status } = await ask("searches-web", {
        words: (call) => (stepOf(call) === "searching" ? { kind: "skip" } : null),
      });
      expect(searchIn(parts).step).toBe("skipped");
      expect(status).toBe("completed");
    });
  });

  describe("how a question is asked is remembered", () => {
    it("for the next question, and for another answer to the same", async () => {
      const { actor, turn } = await ask("searches-web");
      expect(await getConversation(actor, turn.conversationId)).toMatchObject({ webMode: "all" });
      const again = { conversationId: turn.conversationId, answerId: crypto.randomUUID(), modelId: "habile" };
      const retried = opened(await startTurn(actor, { kind: "retry", questionId: turn.questionId, ...again }));
      expect(retried.web).toMatchObject({ isAsked: true, officialOnly: false });
      runTurn(retried);
      await hear(followTurn(retried.turnId, new AbortController().signal));
      expect(queries()).toHaveLength(1); // the same search, known for half an hour
    });

    it("and a question that follows an answer written from pages sends only words of the agent's", async () => {
      const { actor, turn } = await ask("searches-web");
      const { conversationId } = turn;
      const next = { actor, conversationId, isNew: false, question: "Et pour les stagiaires ?" };
      const { parts } = await ask("searches-web", next);
      expect(queries()).toEqual(["congés annuels fonction publique", "congés"]);
      expect(searchIn(parts)).toMatchObject({ step: "done", query: "congés" });
    });

    it("and of a conversation that someone shared, neither its answers nor its questions speak for the agent", async () => {
      const theirs = await ask("answers-without-searching", { question: `Voir ${site.origin}/conges`, web: "off" });
      const { conversationId } = theirs.turn;
      const id = await createShare(theirs.actor, { conversationId, withDocuments: false, days: 30 });
      const actor = await anActor();
      const copyId = await copyShare(actor, id);
      const own = { conversationId: copyId, isNew: false, question: "Et pour les stagiaires en fonction publique ?" };
      const { parts, turn } = await ask("searches-web", { actor, ...own });
      expect(turn.said.earlier).toBe("");
      expect(queries()).toEqual(["fonction publique"]);
      expect(searchIn(parts)).toMatchObject({ step: "done", query: "fonction publique" });
    });

    it("for a question that waits in the queue, and for another wording of one", async () => {
      const actor = await anActor();
      const first = aQuestion("[scenario:slow-stream] Bonjour", { modelId: "habile" });
      const turn = opened(await startTurn(actor, first));
      const { conversationId } = turn;
      const next = aQuestion("[scenario:searches-web] Quels congés ?", {
        ...{ conversationId, isNew: false, modelId: "habile", web: "official" },
      });
      expect((await startTurn(actor, next)).kind).toBe("queued");
      runTurn(turn);
      await hear(followTurn(turn.turnId, new AbortController().signal));
      await expect.poll(() => getConversation(actor, conversationId)).toMatchObject({ webMode: "official" });
      await expect.poll(() => queries(), { timeout: 20_000 }).toContain("congés annuels fonction publique");
      await expect
        .poll(async () => (await getConversation(actor, conversationId)).isRunning, { timeout: 20_000 })
        .toBe(false);
      const edited = opened(
        await startTurn(actor, {
          ...{ kind: "edit", conversationId, editedId: next.questionId, questionId: crypto.randomUUID() },
          ...{ answerId: crypto.randomUUID(), text: "[scenario:searches-web] Et les autres ?" },
        }),
      );
      expect(edited.web).toMatchObject({ isAsked: true, officialOnly: true });
      runTurn(edited);
      await hear(followTurn(edited.turnId, new AbortController().signal));
    });
  });

  describe("addresses", () => {
    it("written in a question are read without a search", async () => {
      const question = `Que dit ${site.origin}/conges, et http://10.0.0.1/interne ?`;
      const { parts, sent } = await ask("answers-without-searching", { question, web: "off" });
      expect(queries()).toEqual([]);
      expect(parts).toMatchObject([
        { name: "read_web_page", output: { step: "done", page: { state: "read", title: "Les congés annuels" } } },
        { name: "read_web_page", output: { page: { state: "unread", failure: "private" } } },
      ]);
      expect(given(sent[0], "tool")).toContain("obligations hebdomadaires");
      expect(given(sent[0], "tool")).toContain("elle mène à un réseau interne");
    });

    it("found by a search may be opened by the model", async () => {
      const { parts } = await ask("searches-then-opens");
      expect(parts.map(({ name }) => name)).toEqual(["search_web", "read_web_page"]);
      expect(parts[1]).toMatchObject({ state: "done", output: { step: "done", page: { state: "read" } } });
    });

    it("made up after reading pages are opened, and queries sent, only if the agent lets them", async () => {
      engine.reply(searxngReply([result("/hostile", "Guide des congés")]));
      const waited: string[] = [];
      const { parts } = await ask("obeys-pages", {
        words: (call) => {
          if (stepOf(call) !== "confirming") return null;
          waited.push(call.name);
          return { kind: "skip" };
        },
      });
      expect(new Set(waited)).toEqual(new Set(["read_web_page", "search_web"]));
      expect(queries()).toEqual(["congés annuels fonction publique"]);
      expect(site.visits).toEqual(["/hostile"]);
      expect(parts).toMatchObject([
        { output: { step: "done" } },
        { output: { step: "refused", page: { failure: "cancelled" } } },
        { output: { step: "refused" } },
      ]);
    });

    it("of queries, only words of the question leave after reading pages", async () => {
      const { parts } = await ask("spells-a-secret");
      expect(queries()).toEqual(["congés"]); // twice the same search, known for half an hour
      expect(parts).toMatchObject([{ output: { step: "done" } }, { output: { step: "done", query: "congés" } }]);
    });
  });
});
