import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { afterAll, beforeAll } from "vitest";
import { asMember } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { documents } from "@/db/schema/documents";
import { feedback } from "@/db/schema/feedback";
import { prompts } from "@/db/schema/prompts";
import type { Actor } from "@/lib/auth/actor";
import { startReadingFiles } from "@/lib/documents/read-files";
import { listTransfers } from "@/lib/export/queries";
import type { Transfer } from "@/lib/export/schema";
import { exportEverything, receiveArchive } from "@/lib/export/start-transfer";
import { startTransfers } from "@/lib/export/start-transfers";
import { openArchive } from "@/lib/extraction/zip";
import { giveFeedback } from "@/lib/feedback/mutations";
import { newId } from "@/lib/id";
import { fileStorage } from "@/lib/providers/file-storage";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "./actors";
import { anOpenedTurn } from "./conversations";
import { send, settled } from "./documents";
import { aQuestion } from "./turns";

/** For a suite: files are read and transfers made until its end. */
export function whileTransfersRun(): void {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
    await startTransfers();
  });
  afterAll(() => stop());
}

/** Resolves when nothing more happens to it by itself. */
export async function overTransfer(actor: Actor, id: string): Promise<Transfer> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const found = (await listTransfers(actor)).find((transfer) => transfer.id === id);
    if (!found) throw new Error("the transfer is gone");
    if (found.state === "done" || found.state === "failed") return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the transfer is not over");
}

/** The parts of a stored archive, as text, by name. */
export async function partsOf(transferId: string): Promise<Record<string, string>> {
  return fileStorage().withLocalPath(transferId, async (path) => {
    const archive = await openArchive({ path }, { inflatedBytesMax: 1e9 });
    const parts: Record<string, string> = {};
    for (const name of archive.names) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of archive.stream(name)) chunks.push(chunk);
      parts[name] = Buffer.concat(chunks).toString("utf8");
    }
    archive.close();
    return parts;
  });
}

/** The bytes of a zip that says it holds so many entries, none of which is there. */
export function anArchiveOfEntries(count: number): Uint8Array {
  const zip64 = Buffer.alloc(56);
  zip64.write("PK\x06\x06", 0, "latin1");
  zip64.writeBigUInt64LE(44n, 4);
  zip64.writeBigUInt64LE(BigInt(count), 24);
  zip64.writeBigUInt64LE(BigInt(count), 32);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", 0, "latin1");
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(0xffff, 8);
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([zip64, locator, end]);
}

/** A conversation with a document, an opinion and two branches. */
export async function aRichAgent(): Promise<Actor> {
  const actor = await anActor({ instructions: "Soyez bref." });
  const document = await settled(actor, await send(actor, "note d’été.txt", "Le délai est de deux mois."));
  const turn = await anOpenedTurn(actor, aQuestion("Quel délai ?", { documentIds: [document.id] }));
  const text = "Deux mois [1].";
  const source = { number: 1, documentId: document.id, name: document.name, page: 1, kind: "section" as const };
  const sources = [{ ...source, label: null, isRecognised: false, start: 0, end: 5 }];
  await endTurn(actor.agentId, turn, { status: "completed" }, { text, parts: [{ type: "text", text, sources }] });
  await giveFeedback(actor, turn.answerId, { rating: "up", reasons: [], comment: "Juste" });
  const { conversationId, questionId } = turn;
  const again = await anOpenedTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
  const other = {
    text: "Autrement dit, deux mois.",
    parts: [{ type: "text" as const, text: "Autrement dit, deux mois." }],
  };
  await endTurn(actor.agentId, again, { status: "completed" }, other);
  return actor;
}

export async function takeEverything(actor: Actor): Promise<{ id: string; bytes: Buffer }> {
  const { transferId: id } = await exportEverything(actor);
  const { state, failureCode } = await overTransfer(actor, id);
  if (state !== "done") throw new Error(`the export failed: ${failureCode}`);
  return { id, bytes: await fileStorage().withLocalPath(id, (path) => readFile(path)) };
}

export async function bring(actor: Actor, bytes: Uint8Array): Promise<Transfer> {
  const { transferId } = await receiveArchive(actor, Readable.from([Buffer.from(bytes)]));
  return overTransfer(actor, transferId);
}

/** How much someone has. */
export const rowsOf = (actor: Actor) =>
  asMember(actor.agentId, async (tx) => ({
    conversations: (await tx.select({ id: conversations.id }).from(conversations)).length,
    messages: (await tx.select({ id: messages.id }).from(messages)).length,
    turns: (await tx.select({ id: turns.id }).from(turns)).length,
    opinions: (await tx.select({ id: feedback.answerId }).from(feedback)).length,
    documents: (await tx.select({ id: documents.id }).from(documents)).length,
    prompts: (await tx.select({ id: prompts.id }).from(prompts)).length,
  }));
export const NOTHING = { conversations: 0, messages: 0, turns: 0, opinions: 0, documents: 0, prompts: 0 };
