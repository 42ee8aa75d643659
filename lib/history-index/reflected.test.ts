import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { asMember } from "@/db/client";
import { interruptAllTurns } from "@/lib/assistant/maintenance";
import type { Actor } from "@/lib/auth/actor";
import { forkConversation, giveModelTitle, renameConversation } from "@/lib/conversations/mutations";
import { addDocument, savePages } from "@/lib/documents/mutations";
import type { Page } from "@/lib/extraction/extraction";
import { searchHistory, searchHistoryQuickly } from "@/lib/history/queries";
import { hasLongerHistory } from "@/lib/history-candidates/queries";
import { newId } from "@/lib/id";
import { deleteDocument, hideDocument, restoreDocument } from "@/lib/library/mutations";
import { purgeTrash } from "@/lib/trash/maintenance";
import { endTurn, saveProgress } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import {
  aConversation,
  aLongConversation,
  anOpenedTurn,
  aRunningTurn,
  deleteConversation,
  restoreConversation,
} from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { madeOlder } from "@/tests/support/later";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion } from "@/tests/support/turns";
import { indexForgottenTurns } from "./maintenance";

setTestSettings({});
const LIMITS = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };
const saying = (text: string) => ({ parts: [{ type: "text" as const, text }], text });

async function aDocument(actor: Actor, name: string, texts: string[]): Promise<string> {
  const id = newId();
  const file = { id: newId(), sha256: newId(), sizeBytes: 10, extension: "pdf" };
  const { fileId } = await addDocument(actor, { id, name }, file, LIMITS);
  const pages = texts.map((text): Page => ({ kind: "page", label: null, text }));
  await savePages(actor.agentId, fileId, { type: "pdf", pages, outline: [], language: "fr", warnings: [] });
  return id;
}

const hasHistory = ({ agentId }: Actor) => asMember(agentId, (tx) => hasLongerHistory(tx, 0));

/** What each hit is, in a fixed order, and whether what is typed finds as many. */
async function found(actor: Actor, query: string): Promise<string[]> {
  const { hits } = await searchHistory(actor, { query, sort: "date" });
  expect(await searchHistoryQuickly(actor, `${query} `)).toHaveLength(Math.min(8, hits.length));
  return hits.map(({ kind }) => kind).sort();
}

onEachDatabase(() => {
  it("a deleted conversation is found no more, is again when restored, and leaves nothing once purged", async () => {
    const actor = await anActor();
    const { conversationId } = await aConversation(actor, { question: "Un ornithorynque", answer: "L’ornithorynque" });
    const all = ["answer", "question", "title"];
    expect(await found(actor, "ornithorynque")).toEqual(all);
    expect(await hasHistory(actor)).toBe(true);
    await deleteConversation(actor, conversationId);
    expect(await found(actor, "ornithorynque")).toEqual([]);
    expect(await found(actor, "ornithorinque")).toEqual([]);
    await restoreConversation(actor, conversationId);
    expect(await found(actor, "ornithorynque")).toEqual(all);
    await deleteConversation(actor, conversationId);
    await madeOlder(actor, "deleted_at", "31 days");
    await purgeTrash();
    expect(await hasHistory(actor)).toBe(false);
  });

  it("a conversation is found by its new title, and no more by the old one", async () => {
    const actor = await anActor();
    const running = await aRunningTurn(actor, "Une girafe");
    await renameConversation(actor, { id: running.conversationId, title: "Un rhinocéros" });
    expect(await found(actor, "rhinocéros")).toEqual(["title"]);
    await endTurn(actor.agentId, running, { status: "completed" }, saying("Oui"));
    expect(await found(actor, "girafe")).toEqual(["question"]);
    expect(await found(actor, "rhinocéros")).toEqual(["title"]);
    const other = await aConversation(actor, { question: "Un tapir" });
    expect(await giveModelTitle(actor.agentId, other.conversationId, "Les pachydermes")).toBe(true);
    expect(await found(actor, "tapirs")).toEqual(["question"]);
    expect(await found(actor, "pachyderme")).toEqual(["title"]);
  });

  it("nothing is found of an answer that is being written; all of it once it has ended", async () => {
    const actor = await anActor();
    const turn = await aRunningTurn(actor, "Question provisoire");
    await saveProgress([{ ownerId: actor.agentId, turn, content: saying("Un hippocampe inachevé") }]);
    expect(await found(actor, "hippocampe")).toEqual([]);
    await endTurn(actor.agentId, turn, { status: "stopped" }, saying("Un hippocampe"));
    expect(await found(actor, "hippocampe")).toEqual(["answer"]);
    expect(await found(actor, "provisoire")).toEqual(["question", "title"]);
  });

  it("what an interrupted answer said is found after the sweep", async () => {
    const actor = await anActor();
    const turn = await aRunningTurn(actor, "Question coupée");
    await saveProgress([{ ownerId: actor.agentId, turn, content: saying("Un bernard-l’ermite à moitié") }]);
    await indexForgottenTurns();
    expect(await found(actor, "bernard-l’ermite")).toEqual([]);
    await interruptAllTurns();
    await indexForgottenTurns();
    expect(await found(actor, "bernard-l’ermite")).toEqual(["answer"]);
    expect(await found(actor, "coupée")).toEqual(["question", "title"]);
  });

  it("each branch is found: both wordings of a question, both answers, and a copy", async () => {
    const actor = await anActor();
    const turn = await aConversation(actor, { question: "Le caribou", answer: "Le caribou vit au nord" });
    const { conversationId, questionId } = turn;
    const again = await anOpenedTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    await endTurn(actor.agentId, again, { status: "completed" }, saying("Le caribou migre"));
    const edit = {
      ...aQuestion("Le caribou autrement", { conversationId }),
      kind: "edit" as const,
      editedId: questionId,
    };
    const edited = await anOpenedTurn(actor, edit);
    await endTurn(actor.agentId, edited, { status: "completed" }, saying("Un renne"));
    expect(await found(actor, "caribou")).toEqual(["answer", "answer", "question", "question", "title"]);
    await forkConversation(actor, { conversationId, messageId: again.answerId });
    expect(await found(actor, "caribou migre")).toEqual(["answer", "answer"]);
    expect(await found(actor, "caribou autrement")).toEqual(["question"]);
  });

  it("the name and the text of a document are found where it came with a question, until it is removed", async () => {
    const actor = await anActor();
    const id = await aDocument(actor, "inventaire-zoologique.pdf", ["Rien ici", "Un phacochère et trois autruches"]);
    expect(await found(actor, "phacochère")).toEqual([]);
    const turn = await anOpenedTurn(actor, aQuestion("Que dit-il ?", { documentIds: [id] }));
    await endTurn(actor.agentId, turn, { status: "completed" }, saying("Voici"));
    const { hits } = await searchHistory(actor, { query: "phacocheres autruche", sort: "relevance" });
    expect(hits).toMatchObject([
      { kind: "document", name: "inventaire-zoologique.pdf", messageId: turn.questionId, title: "Que dit-il ?" },
    ]);
    expect(await found(actor, "inventaire zoologique")).toEqual(["document"]);
    expect(await found(actor, '"trois autruches" avec:fichier')).toEqual(["document"]);
    for (const begun of ["phac", "phacocher", "trois autr"])
      expect(await searchHistoryQuickly(actor, begun)).toMatchObject([
        { kind: "document", messageId: turn.questionId },
      ]);
    await hideDocument(actor, id);
    expect(await found(actor, "phacochère")).toEqual([]);
    await restoreDocument(actor, id);
    expect(await found(actor, "phacochère")).toEqual(["document"]);
    await deleteDocument(actor, id);
    expect(await found(actor, "phacochère")).toEqual([]);
  });

  it("what a version without an index wrote is found after a few sweeps, and written once", async () => {
    const actor = await anActor();
    const exchanges = 120;
    await aLongConversation(actor, exchanges, (n) => `Réponse au sujet du lamantin ${n}`);
    expect(await found(actor, "lamantin")).toEqual([]);
    for (let n = 0; n < 10; n += 1) await indexForgottenTurns();
    expect((await searchHistory(actor, { query: "lamantin", sort: "date" })).total).toBe(exchanges);
    expect(await found(actor, '"longue conversation"')).toEqual(["title"]);
  });

  it("a turn that cannot be indexed keeps no other from being", async () => {
    const actor = await anActor();
    const broken = await aLongConversation(actor, 1, () => "Un morse illisible");
    await asMember(actor.agentId, (tx) =>
      tx.execute(
        sql`update messages set parts = '[{"type":"inconnu"}]' where conversation_id = ${broken.conversationId} and author = 'assistant'`,
      ),
    );
    await aLongConversation(actor, 1, () => "Un narval");
    await indexForgottenTurns();
    await indexForgottenTurns();
    expect(console.error).toHaveBeenCalledOnce();
    vi.mocked(console.error).mockClear();
    expect(await found(actor, "narval")).toEqual(["answer"]);
  });
});
