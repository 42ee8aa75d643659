import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { isCitedPage } from "@/lib/conversations/rules";
import { getOriginal } from "@/lib/documents/queries";
import { findConversation } from "@/lib/export/queries";
import { newId } from "@/lib/id";
import { hideDocument } from "@/lib/library/mutations";
import { listPages } from "@/lib/pages/queries";
import {
  addProjectDocuments,
  changeProject,
  createProject,
  moveConversations,
  removeProjectDocument,
} from "@/lib/projects/mutations";
import { createShare } from "@/lib/sharing/mutations";
import { openShare } from "@/lib/sharing/queries";
import type { Share } from "@/lib/sharing/schema";
import { anActor } from "@/tests/support/actors";
import { readFilesMeanwhile, startAskingDocuments } from "@/tests/support/asking-documents";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { aQuestion } from "@/tests/support/turns";

const { ask } = await startAskingDocuments([
  { id: "habile", tools: true },
  { id: "simple", tools: false },
]);

const TELLING = "L’indemnité kilométrique des agents du service est de 0,32 euro par kilomètre parcouru.";
const OTHER = "La salle de réunion du deuxième étage est fermée pour travaux jusqu’au printemps prochain.";

onEachDatabase(() => {
  readFilesMeanwhile();

  async function aProject(actor: Actor, texts: Record<string, string>) {
    const id = await createProject(actor, { title: "Déplacements", colour: "teal" });
    const documentIds: string[] = [];
    for (const [name, text] of Object.entries(texts))
      documentIds.push((await settled(actor, await send(actor, name, text))).id);
    if (documentIds.length > 0) await addProjectDocuments(actor, { id, documentIds });
    return { id, documentIds };
  }

  type More = { projectId?: string; modelId?: string; documentIds?: string[] };
  async function asked(actor: Actor, text: string, { modelId = "habile", ...more }: More) {
    const answered = await ask(actor, { ...aQuestion(text), modelId, ...more });
    const [first] = answered.sent;
    const messages = first?.messages ?? [];
    return {
      ...answered,
      instructions: messages[0]?.content ?? "",
      question: messages.at(-1)?.content ?? "",
      offered: ((first?.tools ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name),
    };
  }
  const next = (conversationId: string) => ({ conversationId, isNew: false });

  describe("the instructions of a project", () => {
    it("are followed after the agent's own, wherever the conversation is at that moment", async () => {
      const actor = await anActor({ instructions: "Soyez bref." });
      const { id: projectId } = await aProject(actor, {});
      await changeProject(actor, { id: projectId, instructions: "Répondez aux cadres." });
      const { instructions, turn } = await asked(actor, "Une question", { projectId });
      expect(instructions).toMatch(
        /N’inventez jamais[\s\S]*Soyez bref\.[\s\S]*Consignes du projet[\s\S]*Répondez aux cadres\.$/,
      );
      const { conversationId, questionId } = turn;

      const retry = { kind: "retry" as const, conversationId, questionId, answerId: newId() };
      expect((await ask(actor, retry)).turn.instructions).toContain("Répondez aux cadres.");
      await changeProject(actor, { id: projectId, instructions: "Répondez aux stagiaires." });
      const again = { ...aQuestion("Encore"), ...next(conversationId) };
      expect((await ask(actor, again)).turn.instructions).toMatch(/stagiaires\.$/);

      const other = await aProject(actor, {});
      await changeProject(actor, { id: other.id, instructions: "Répondez en tableau." });
      await moveConversations(actor, { ids: [conversationId], projectId: other.id });
      const moved = { ...aQuestion("Et là"), ...next(conversationId) };
      expect((await ask(actor, moved)).turn.instructions).toMatch(/Répondez en tableau\.$/);
      await moveConversations(actor, { ids: [conversationId], projectId: null });
      const out = { ...aQuestion("Dehors"), ...next(conversationId) };
      expect((await ask(actor, out)).turn.instructions).not.toContain("Consignes du projet");
    });
  });

  describe("the documents of a project", () => {
    it.each(["habile", "simple"])("give « %s » what has to do with the question, in front of it", async (modelId) => {
      const actor = await anActor();
      const { id: projectId } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      const text = "Bonjour, quelle est l’indemnité kilométrique ?";
      const { question, offered } = await asked(actor, text, { projectId, modelId });
      expect(question).toMatch(/⟦DÉBUT\s: DOCUMENT 1, «\sfrais\.md\s»[^\n]*⟧\n\[source 1, [^\n]*\n[\s\S]*0,32 euro/);
      expect(question).not.toContain("deuxième étage");
      expect(question.endsWith(text)).toBe(true);
      expect(offered).toEqual(modelId === "habile" ? ["deadline", "search_documents", "read_pages"] : []);
      expect(/- document 2, «\ssalle\.md\s» : 1 page\(s\)/.test(question)).toBe(modelId === "habile");
    });

    it("are cited where they are in their page", async () => {
      const actor = await anActor();
      const { id: projectId } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      const { parts } = await asked(actor, "[scenario:cites] Quelle indemnité kilométrique ?", { projectId });
      const [cited] = parts.flatMap((part) => (part.type === "text" ? [part] : []));
      const [source] = cited?.sources ?? [];
      if (!source || isCitedPage(source)) throw new Error("no document is cited");
      const { fileId } = await getOriginal(actor, source.documentId);
      const [page] = await listPages(actor, fileId, 1_000);
      expect(source.name).toBe("frais.md");
      expect(page?.text.slice(source.start, source.end)).toContain("kilométrique des agents du service");
    });

    it("give nothing to a question that has nothing to do with them", async () => {
      const actor = await anActor();
      const { id: projectId } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      const text = "Rédigez un poème sur la mer et ses agents secrets sous le ciel";
      const { question } = await asked(actor, text, { projectId, modelId: "simple" });
      expect(question).toBe(text);
    });

    it("are looked in with the question before, when this one says little", async () => {
      const actor = await anActor();
      const { id: projectId } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      const { turn } = await asked(actor, "Quelle est l’indemnité kilométrique ?", { projectId });
      const following = { ...aQuestion("Et pour les cadres ?"), ...next(turn.conversationId), modelId: "simple" };
      const { sent } = await ask(actor, following);
      expect(sent[0]?.messages?.at(-1)?.content).toContain("0,32 euro");
    });

    it("are given once when they are attached too, and searched by the tools with their own number", async () => {
      const actor = await anActor();
      const { id: projectId, documentIds } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      const text = "[scenario:calls-search] Quelle indemnité kilométrique pour la salle de réunion ?";
      const { question, heard } = await asked(actor, text, { projectId, documentIds: documentIds.slice(0, 1) });
      expect(question.match(/0,32 euro/g)).toHaveLength(1);
      expect(question).toMatch(/DOCUMENT 1, «\sfrais\.md\s»⟧/);
      expect(question).toMatch(/DOCUMENT 2, «\ssalle\.md\s» \(projet, extraits\)⟧/);
      expect(heard.text).toMatch(/EXTRAIT source \d+, document 1, «\sfrais\.md\s»/);
    });

    it("are no longer used once taken out, or deleted, and are named while they are being read", async () => {
      const actor = await anActor();
      const { id: projectId, documentIds } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      const [expenses = "", room = ""] = documentIds;
      const ofBoth = "Indemnité kilométrique et salle de réunion fermée pour travaux ?";
      expect((await asked(actor, ofBoth, { projectId })).question).toMatch(/0,32 euro[\s\S]*deuxième étage/);
      await removeProjectDocument(actor, { id: projectId, documentId: expenses });
      await hideDocument(actor, room);
      const { question, offered } = await asked(actor, ofBoth, { projectId });
      expect(question).toBe(ofBoth);
      expect(offered).toEqual(["deadline"]);
    });

    it("stay out of what is shared or exported of a conversation, but for what an answer cites", async () => {
      const actor = await anActor();
      const { id: projectId } = await aProject(actor, { "frais.md": TELLING, "salle.md": OTHER });
      await changeProject(actor, { id: projectId, instructions: "Répondez aux cadres." });
      const { turn } = await asked(actor, "[scenario:cites] Quelle indemnité kilométrique ?", { projectId });
      const { conversationId, answerId: messageId } = turn;
      const shared = async (withDocuments: boolean) => {
        const id = await createShare(actor, { conversationId, messageId, withDocuments, days: 30 });
        return openShare(actor, id);
      };
      const passagesOf = ({ messages }: Share) =>
        messages.flatMap(({ sources }) => sources.map(({ passage }) => passage));
      const closed = await shared(false);
      const exported = JSON.stringify(await findConversation(actor, conversationId));
      for (const told of [JSON.stringify(closed), exported]) {
        expect(told).toContain("frais.md");
        expect(told).not.toMatch(/0,32|salle\.md|deuxième étage|aux cadres/);
      }
      expect(passagesOf(closed)).toEqual([null]);
      const open = await shared(true);
      expect(passagesOf(open)).toEqual([expect.stringContaining("kilométrique des agents du service")]);
      expect(JSON.stringify(open)).not.toMatch(/salle\.md|deuxième étage|aux cadres/);
    });

    it("are never those of another project, nor of someone else", async () => {
      const [actor, other] = [await anActor(), await anActor()];
      await aProject(actor, { "ailleurs.md": `Ailleurs. ${TELLING}` });
      await aProject(other, { "secret.md": `Secret. ${TELLING}` });
      const { id: projectId } = await aProject(actor, { "salle.md": OTHER });
      const { sent } = await asked(actor, "[scenario:calls-search] Quelle indemnité kilométrique ?", { projectId });
      expect(sent).toHaveLength(2);
      expect(JSON.stringify(sent)).not.toMatch(/0,32|ailleurs\.md|secret\.md/);
    });
  });
});
