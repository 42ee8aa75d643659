import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it, vi } from "vitest";
import { asMember } from "@/db/client";
import { messages } from "@/db/schema/conversations";
import { transfers } from "@/db/schema/transfers";
import { forkConversation, renameConversation } from "@/lib/conversations/mutations";
import { listConversations, listShownMessages } from "@/lib/conversations/queries";
import { getOriginal, listAttachedFiles } from "@/lib/documents/queries";
import { newId } from "@/lib/id";
import { fileStorage } from "@/lib/providers/file-storage";
import { anActor } from "@/tests/support/actors";
import { aConversation, aLongConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { setTestSettings } from "@/tests/support/settings";
import {
  anArchiveOfEntries,
  aRichAgent,
  bring,
  NOTHING,
  overTransfer,
  partsOf,
  rowsOf,
  takeEverything,
  whileTransfersRun,
} from "@/tests/support/transfers";
import { writeZip } from "@/tests/support/zip-writer";
import { archiveIndex, conversationFile } from "./archive-schema";
import { purgeExpiredTransfers } from "./maintenance";
import { deleteTransfer } from "./mutations";
import { exportConversations } from "./start-transfer";

const folder = mkdtempSync(join(tmpdir(), "export-test-"));
setTestSettings({ DATA_DIR: folder, DOCUMENT_MEGABYTES_MAX: "1", DOCUMENTS_MEGABYTES_PER_AGENT_MAX: "2" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
vi.spyOn(console, "warn").mockImplementation(() => {});

const storedFiles = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());

onEachDatabase(() => {
  whileTransfersRun();

  describe("everything", () => {
    it("is an archive with the account, the settings, the choices, each conversation twice and the files as sent", async () => {
      const actor = await aRichAgent();
      const { id } = await takeEverything(actor);
      const parts = await partsOf(id);
      const index = archiveIndex.parse(JSON.parse(parts["donnees.json"] ?? ""));
      expect(index).toMatchObject({
        account: { givenName: "Camille" },
        settings: { instructions: "Soyez bref." },
        consents: [{ about: "analysis", isAllowed: false, decidedAt: null }],
        documents: [{ name: "note d’été.txt", sizeBytes: 27 }],
      });
      expect(parts[index.documents[0]?.path ?? ""]).toBe("Le délai est de deux mois.");
      const path = index.conversations[0]?.path ?? "";
      const { conversations: told } = conversationFile.parse(JSON.parse(parts[path] ?? ""));
      expect(told[0]?.messages).toMatchObject([
        { author: "agent", text: "Quel délai ?", documents: [{ name: "note d’été.txt" }] },
        { text: "Deux mois [1].", opinion: { rating: "up", comment: "Juste" }, turn: { status: "completed" } },
        { text: "Autrement dit, deux mois." },
      ]);
      expect(parts[path.replace(/json$/, "md")]).toMatch(/^# Quel délai \?[\s\S]*Document joint[\s\S]*Autrement dit/);
      expect(parts["LISEZ-MOI.txt"]).toMatch(/donnees\.json/);
    });

    it("says that a file is missing, and that a document was deleted, without failing", async () => {
      const actor = await aRichAgent();
      const second = await settled(actor, await send(actor, "perdu.txt", "Bientôt perdu."));
      await fileStorage().remove((await getOriginal(actor, second.id)).fileId);
      const { id } = await takeEverything(actor);
      const index = archiveIndex.parse(JSON.parse((await partsOf(id))["donnees.json"] ?? ""));
      expect(index.documents.map(({ name, path }) => [name, path === null])).toEqual([
        ["note d’été.txt", false],
        ["perdu.txt", true],
      ]);
    });

    it("leaves nothing behind once deleted, or once its day has passed", async () => {
      const actor = await aRichAgent();
      const before = storedFiles().length;
      const [first, second] = [await takeEverything(actor), await takeEverything(actor)];
      expect(storedFiles()).toHaveLength(before + 2);
      await deleteTransfer(actor, first.id);
      await purgeExpiredTransfers();
      expect(storedFiles()).toHaveLength(before + 1);
      await asMember(actor.agentId, (tx) => tx.update(transfers).set({ expiresAt: sql`now() - interval '1 second'` }));
      await purgeExpiredTransfers();
      expect(storedFiles()).toHaveLength(before);
      expect(second.id).not.toBe(first.id);
    });
  });

  describe("large exports", () => {
    it("make of a long conversation a file, and of a selection one file each, without what was deleted meanwhile", async () => {
      const actor = await anActor();
      const { conversationId } = await aLongConversation(actor, 60);
      const made = await exportConversations(actor, { what: { kind: "conversation", conversationId }, format: "docx" });
      if (!("transferId" in made)) throw new Error("it was not made by a job");
      expect(await overTransfer(actor, made.transferId)).toMatchObject({
        state: "done",
        fileName: "Longue conversation.docx",
      });
      const { conversationId: small } = await aConversation(actor, { question: "Petite : a/b ?" });
      const what = { kind: "selection" as const, conversationIds: [conversationId, small, newId()] };
      const selection = await exportConversations(actor, { what, format: "markdown" });
      if (!("transferId" in selection)) throw new Error("it was not made by a job");
      await overTransfer(actor, selection.transferId);
      const parts = await partsOf(selection.transferId);
      expect(Object.keys(parts)).toEqual(["Longue conversation.md", "Petite a b.md"]);
      expect(parts["Longue conversation.md"]).toMatch(/Question 1\n[\s\S]*Réponse 60/);
    });
  });

  describe("an archive brought back", () => {
    it("gives another account all of it, then nothing more the second time", async () => {
      const { bytes } = await takeEverything(await aRichAgent());
      const actor = await anActor();
      expect((await bring(actor, bytes)).report).toEqual({
        added: { conversations: 1, messages: 3, documents: 1, projects: 0, prompts: 0 },
        skipped: [],
        skippedCount: 0,
        settings: ["instructions"],
      });
      const rows = await rowsOf(actor);
      expect(rows).toEqual({ conversations: 1, messages: 3, turns: 2, opinions: 1, documents: 1, prompts: 0 });
      const [listed] = (await listConversations(actor)).conversations;
      const shown = await listShownMessages(actor, listed?.id ?? "");
      expect(shown).toMatchObject([
        { parts: [{ text: "Quel délai ?" }] },
        { parts: [{ text: "Autrement dit, deux mois." }], siblings: [expect.anything(), expect.anything()] },
      ]);
      const attached = Object.values(await listAttachedFiles(actor, listed?.id ?? "")).flat();
      const document = await settled(actor, { id: attached[0]?.id ?? "" });
      expect(document).toMatchObject({ name: "note d’été.txt", state: "ready" });
      const cited = JSON.stringify(
        await asMember(actor.agentId, (tx) => tx.select({ parts: messages.parts }).from(messages)),
      );
      expect(cited).toContain(document.id);

      const again = await bring(actor, bytes);
      expect(again.report).toMatchObject({
        added: { conversations: 0, messages: 0, documents: 0 },
        skipped: [
          { what: "document", name: "note d’été.txt", reason: "known" },
          { what: "conversation", name: "Quel délai ?", reason: "known" },
        ],
      });
      expect(await rowsOf(actor)).toEqual(rows);
    });

    it("adds nothing to the account it comes from, whatever was renamed or copied meanwhile", async () => {
      const actor = await aRichAgent();
      const { bytes } = await takeEverything(actor);
      const [kept] = (await listConversations(actor)).conversations;
      const conversationId = kept?.id ?? "";
      await renameConversation(actor, { id: conversationId, title: "Renommée" });
      const last = (await listShownMessages(actor, conversationId)).at(-1);
      await forkConversation(actor, { conversationId, messageId: last?.id ?? "" });
      const before = await rowsOf(actor);
      expect((await bring(actor, bytes)).report).toMatchObject({ added: { conversations: 0, documents: 0 } });
      expect(await rowsOf(actor)).toEqual(before);
    });

    it("skips a file that is too large, and keeps its name in the conversation", async () => {
      const source = await aRichAgent();
      const { id } = await takeEverything(source);
      const parts = await partsOf(id);
      const index = archiveIndex.parse(JSON.parse(parts["donnees.json"] ?? ""));
      const path = index.documents[0]?.path ?? "";
      const actor = await anActor();
      const bytes = writeZip({ ...parts, [path]: Buffer.alloc(1_000_001, "mot ") });
      expect((await bring(actor, bytes)).report).toMatchObject({
        added: { conversations: 1, documents: 0 },
        skipped: [{ what: "document", name: "note d’été.txt", reason: "tooLarge" }],
      });
      const [listed] = (await listConversations(actor)).conversations;
      expect(Object.values(await listAttachedFiles(actor, listed?.id ?? "")).flat()).toMatchObject([
        { name: "note d’été.txt", isDeleted: true },
      ]);
    });

    it("ignores fields that a later version adds", async () => {
      const parts = await partsOf((await takeEverything(await aRichAgent())).id);
      const index = { ...JSON.parse(parts["donnees.json"] ?? ""), notebooks: [{ title: "Plus tard" }] };
      const actor = await anActor();
      const bytes = writeZip({ ...parts, "donnees.json": JSON.stringify(index), "carnets/a.json": "{}" });
      expect((await bring(actor, bytes)).report).toMatchObject({ added: { conversations: 1 } });
    });
  });

  describe("a hostile or damaged archive changes nothing:", () => {
    const change = (parts: Record<string, string>, edit: (conversation: Record<string, unknown>) => void) => {
      const path = Object.keys(parts).find((name) => /^conversations.*json$/.test(name)) ?? "";
      const file = JSON.parse(parts[path] ?? "");
      edit(file.conversations[0]);
      return { ...parts, [path]: JSON.stringify(file) };
    };
    const index = (parts: Record<string, string>, fields: object) => ({
      ...parts,
      "donnees.json": JSON.stringify({ ...JSON.parse(parts["donnees.json"] ?? ""), ...fields }),
    });
    const missing = (parts: Record<string, string>) =>
      Object.fromEntries(Object.entries(parts).filter(([name]) => !/^conversations.*json$/.test(name)));
    type Message = { id: string; parentId: string | null; parts: unknown };

    it.each<[name: string, code: string, make: (parts: Record<string, string>) => Uint8Array]>([
      ["names that climb", "archive_unsafe", (parts) => writeZip({ ...parts, "documents/../../etc/cron": "x" })],
      ["names from the root", "archive_unsafe", (parts) => writeZip({ ...parts, "/etc/passwd": "x" })],
      ["names of Windows", "archive_unsafe", (parts) => writeZip({ ...parts, "..\\x": "x" })],
      ["a bomb", "archive_too_large", (parts) => writeZip({ ...parts, "donnees.json": Buffer.alloc(60_000_000) })],
      ["a million entries", "archive_too_large", () => anArchiveOfEntries(1_000_000)],
      ["no index", "archive_unknown", (parts) => writeZip({ autre: parts["donnees.json"] ?? "" })],
      ["another format", "archive_unknown", (parts) => writeZip(index(parts, { format: "assistant-ia/archive@9" }))],
      ["an index of another shape", "archive_unknown", (parts) => writeZip(index(parts, { documents: "tous" }))],
      ["an index that is no JSON", "archive_damaged", (parts) => writeZip({ ...parts, "donnees.json": "{" })],
      ["a conversation that is not there", "archive_damaged", (parts) => writeZip(missing(parts))],
      ["a truncated archive", "archive_damaged", (parts) => writeZip(parts).slice(0, -200)],
      ["wrong checksums", "archive_damaged", (parts) => writeZip(parts, { checksumError: 1 })],
      ["no bytes", "archive_damaged", () => new Uint8Array()],
      ["a file that is no archive", "archive_damaged", () => Buffer.from("%PDF-1.7 …")],
      [
        "messages that follow each other in a ring",
        "archive_damaged",
        (parts) =>
          writeZip(
            change(parts, (conversation) => {
              const [first, second] = conversation.messages as Message[];
              if (first && second) first.parentId = second.id;
            }),
          ),
      ],
      [
        "a message twice",
        "archive_damaged",
        (parts) =>
          writeZip(
            change(parts, (conversation) => {
              const list = conversation.messages as Message[];
              conversation.messages = [...list, ...list];
            }),
          ),
      ],
      [
        "parts that are not those of a message",
        "archive_damaged",
        (parts) =>
          writeZip(
            change(parts, (conversation) => {
              for (const message of conversation.messages as Message[]) message.parts = [{ type: "script" }];
            }),
          ),
      ],
    ])("%s", async (_name, failureCode, make) => {
      const parts = await partsOf((await takeEverything(await aRichAgent())).id);
      const actor = await anActor();
      expect(await bring(actor, make(parts))).toMatchObject({ state: "failed", failureCode, report: null });
      expect(await rowsOf(actor)).toEqual(NOTHING);
    });
  });
});
