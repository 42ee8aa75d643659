import { expect, it } from "vitest";
import { asMember } from "@/db/client";
import { documents } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { addDocument, savePages } from "@/lib/documents/mutations";
import { getOriginal } from "@/lib/documents/queries";
import type { Page } from "@/lib/extraction/extraction";
import { newId } from "@/lib/id";
import { addProjectDocuments, createProject, removeProjectDocument } from "@/lib/projects/mutations";
import { anActor } from "@/tests/support/actors";
import { anOpenedTurn, deleteConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion } from "@/tests/support/turns";
import { hideDocument } from "./mutations";
import { getLibraryUsage, listLibrary } from "./queries";
import { DOCUMENTS_PER_PAGE, FOUND_MAX, USES_NAMED } from "./rules";

setTestSettings({});
const LIMITS = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };

async function aDocument(actor: Actor, name: string, texts: string[] = [], sha256: string = newId()): Promise<string> {
  const id = newId();
  const { fileId, isNewFile } = await addDocument(
    actor,
    { id, name },
    { id: newId(), sha256, sizeBytes: 10, extension: "pdf" },
    LIMITS,
  );
  const pages = texts.map((text): Page => ({ kind: "page", label: null, text }));
  if (isNewFile)
    await savePages(actor.agentId, fileId, { type: "pdf", pages, outline: [], language: "fr", warnings: [] });
  return id;
}

const namesOf = async (actor: Actor, query: string) =>
  (await listLibrary(actor, { query })).documents.map(({ name }) => name);

onEachDatabase(() => {
  it("lists what is kept, page after page, the most recent first; what arrives meanwhile moves nothing", async () => {
    const actor = await anActor();
    const names = Array.from({ length: DOCUMENTS_PER_PAGE + 5 }, (_, index) => `document ${index}.pdf`);
    for (const name of names) await aDocument(actor, name);
    const first = await listLibrary(actor);
    await aDocument(actor, "arrivé entre deux.pdf");
    const second = await listLibrary(actor, { cursor: first.nextCursor ?? "" });
    expect(second.nextCursor).toBeNull();
    expect([...first.documents, ...second.documents].map(({ name }) => name)).toEqual(names.toReversed());
    expect((await listLibrary(actor, { cursor: "n’importe quoi" })).documents[0]?.name).toBe("arrivé entre deux.pdf");
  });

  it("says what each document is, and counts what is kept", async () => {
    const actor = await anActor();
    await aDocument(actor, "rapport.pdf", ["Une page", "Deux pages"]);
    expect((await listLibrary(actor)).documents).toMatchObject([
      {
        name: "rapport.pdf",
        sizeBytes: 10,
        pages: 2,
        type: "pdf",
        state: "ready",
        canBeTakenBack: true,
        excerpt: null,
      },
    ]);
    expect(await getLibraryUsage(actor)).toMatchObject({ count: 1, bytes: 10 });
  });

  it("names the conversations where a document was used, those used last, and counts the others", async () => {
    const actor = await anActor();
    const [id, unused] = [await aDocument(actor, "utile.pdf"), await aDocument(actor, "inutile.pdf")];
    const asked: string[] = [];
    for (let n = 1; n <= USES_NAMED + 2; n += 1) {
      const { conversationId } = await anOpenedTurn(actor, aQuestion(`Question ${n}`, { documentIds: [id] }));
      asked.push(conversationId);
    }
    await deleteConversation(actor, asked.at(-1) ?? "");
    const { documents: listed } = await listLibrary(actor);
    expect(listed.find((document) => document.id === unused)?.uses).toEqual({
      conversations: [],
      count: 0,
      projects: [],
    });
    const { uses } = listed.find((document) => document.id === id) ?? {};
    expect(uses?.count).toBe(USES_NAMED + 1);
    expect(uses?.conversations.map(({ title }) => title)).toEqual(["Question 4", "Question 3", "Question 2"]);
  });

  it("names the projects that a document is in, by their titles, whether it was used in a conversation or not", async () => {
    const actor = await anActor();
    const [shared, alone] = [await aDocument(actor, "commun.pdf"), await aDocument(actor, "seul.pdf")];
    const projects: { id: string; title: string }[] = [];
    for (const title of ["Urbanisme", "Achats"]) {
      const id = await createProject(actor, { title, colour: "blue" });
      await addProjectDocuments(actor, { id, documentIds: [shared] });
      projects.unshift({ id, title });
    }
    await anOpenedTurn(actor, aQuestion("Question", { documentIds: [shared] }));
    const usesOf = async (id: string) =>
      (await listLibrary(actor)).documents.find((document) => document.id === id)?.uses;
    expect(await usesOf(shared)).toMatchObject({ count: 1, projects });
    expect(await usesOf(alone)).toMatchObject({ count: 0, projects: [] });
    await removeProjectDocument(actor, { id: projects[0]?.id ?? "", documentId: shared });
    expect(await usesOf(shared)).toMatchObject({ count: 1, projects: projects.slice(1) });
  });

  it("finds by the name and by the text, and gives the best passage with its page", async () => {
    const actor = await anActor();
    await aDocument(actor, "convention.pdf", ["Préambule.", "Le montant est de 4 512 euros."]);
    await aDocument(actor, "note.pdf", [
      "Le délai de paiement est de trente jours.",
      "La convention prévoit un montant.",
    ]);
    await aDocument(actor, "autre.pdf", ["Rien de tout cela."]);
    expect(await namesOf(actor, "convention")).toEqual(["convention.pdf", "note.pdf"]);
    expect(await namesOf(actor, "CONVENTION montants")).toEqual(["convention.pdf", "note.pdf"]);
    expect(await namesOf(actor, "délais paiem")).toEqual(["note.pdf"]);
    expect(await namesOf(actor, "xylophone")).toEqual([]);
    const { documents: found, isCut } = await listLibrary(actor, { query: "montant euros" });
    expect(isCut).toBe(false);
    expect(found).toMatchObject([
      {
        name: "convention.pdf",
        excerpt: {
          number: 2,
          kind: "page",
          parts: [
            { text: "Le ", isMarked: false },
            { text: "montant", isMarked: true },
            { text: " est de 4 512 ", isMarked: false },
            { text: "euros", isMarked: true },
            { text: ".", isMarked: false },
          ],
        },
      },
    ]);
  });

  it("finds the same bytes under each of their names, and gives at most so many", async () => {
    const actor = await anActor();
    await aDocument(actor, "un.pdf", ["Le mot rare"], "mêmes octets");
    await aDocument(actor, "deux.pdf", [], "mêmes octets");
    expect((await namesOf(actor, "rare")).toSorted()).toEqual(["deux.pdf", "un.pdf"]);
    for (let n = 0; n <= FOUND_MAX; n += 1) await aDocument(actor, `lot ${n}.pdf`);
    const { documents: found, isCut } = await listLibrary(actor, { query: "lot" });
    expect([found.length, isCut]).toEqual([FOUND_MAX, true]);
  });

  it("shows nothing of a document that is hidden", async () => {
    const actor = await anActor();
    const id = await aDocument(actor, "secret.pdf", ["Le mot caché"]);
    await hideDocument(actor, id);
    expect((await listLibrary(actor)).documents).toEqual([]);
    expect(await namesOf(actor, "secret")).toEqual([]);
    expect(await namesOf(actor, "caché")).toEqual([]);
    await expect(getOriginal(actor, id)).rejects.toMatchObject({ code: "document_not_found" });
    expect(await asMember(actor.agentId, (tx) => tx.select({ id: documents.id }).from(documents))).toEqual([{ id }]);
  });
});
