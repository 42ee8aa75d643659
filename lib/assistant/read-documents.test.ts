import { expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { addDocument, savePages } from "@/lib/documents/mutations";
import { listDocuments } from "@/lib/documents/queries";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { forever, startAskingDocuments } from "@/tests/support/asking-documents";
import { onEachDatabase } from "@/tests/support/database";
import { aQuestion, opened } from "@/tests/support/turns";
import { createSources } from "./citations/sources";
import { documentsOf, untilRead, withDocuments } from "./read-documents";
import { startTurn } from "./start-turn";

await startAskingDocuments([{ id: "simple", tools: false }]);

const LIMITS = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };

/** Received, and not read: nobody reads files here. */
async function received(actor: Actor, name: string): Promise<{ id: string; fileId: string }> {
  const id = newId();
  const bytes = { id: newId(), sha256: newId(), sizeBytes: 10, extension: "txt" };
  return { id, fileId: (await addDocument(actor, { id, name }, bytes, LIMITS)).fileId };
}

onEachDatabase(() => {
  it("waits no longer than it may, says that it waits, then answers with what is ready", async () => {
    const actor = await anActor();
    const [ready, late] = [await received(actor, "lu.txt"), await received(actor, "en-retard.txt")];
    const pages = [{ kind: "section" as const, label: null, text: "Le montant est de 4 512 euros." }];
    await savePages(actor.agentId, ready.fileId, { type: "txt", pages, outline: [], language: "fr", warnings: [] });
    const asked = aQuestion("Combien ?", { modelId: "simple", documentIds: [ready.id, late.id] });
    const turn = opened(await startTurn(actor, asked));

    let told = 0;
    const onWait = async () => {
      told += 1;
    };
    await untilRead(actor, documentsOf(turn), { signal: forever(), onWait, waitMs: 700 });
    expect(told).toBe(1);
    expect(await listDocuments(actor, [late.id])).toMatchObject([{ state: "received" }]);

    const [question] = await withDocuments(turn, 10_000, createSources());
    const text = JSON.stringify(question?.parts);
    expect(text).toContain("Le montant est de 4 512 euros.");
    expect(text).toContain("document encore en cours de lecture, donc absent");
  });
});
