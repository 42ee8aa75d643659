import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { asMember } from "@/db/client";
import { messages } from "@/db/schema/conversations";
import { archiveConversations, pinConversation } from "@/lib/conversations/mutations";
import { listArchived, listPinned } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { changePrompt, createPrompt } from "@/lib/saved-prompts/mutations";
import { listPrompts } from "@/lib/saved-prompts/queries";
import { createShare } from "@/lib/sharing/mutations";
import { listShares } from "@/lib/sharing/queries";
import { anActor } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import {
  bring,
  NOTHING,
  overTransfer,
  partsOf,
  rowsOf,
  takeEverything,
  whileTransfersRun,
} from "@/tests/support/transfers";
import { writeZip } from "@/tests/support/zip-writer";
import { addTransfer } from "./mutations";
import { UNFINISHED_MAX } from "./rules";
import { receiveArchive } from "./start-transfer";

const folder = mkdtempSync(join(tmpdir(), "archived-order-test-"));
setTestSettings({ DATA_DIR: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
vi.spyOn(console, "warn").mockImplementation(() => {});

/** A pinned conversation, one that is archived, a link and a prompt. */
async function anOrderlyAgent() {
  const actor = await anActor();
  const pinned = await aConversation(actor, { question: "Épinglée ?" });
  const archived = await aConversation(actor, { question: "Archivée ?" });
  await pinConversation(actor, { id: pinned.conversationId, isPinned: true });
  await archiveConversations(actor, [archived.conversationId]);
  await createShare(actor, { conversationId: pinned.conversationId, withDocuments: false, days: 30 });
  const promptId = await createPrompt(actor, { title: "Note", text: "Une note sur {{sujet}}." });
  return { actor, promptId };
}

type Parts = Record<string, string>;
type Conversation = { messages: { id: string; parentId: string | null; turn: object | null }[]; createdAt: string };

/** The archive with its conversations edited, in the order of their names. */
function edited(parts: Parts, edit: (conversations: Conversation[]) => void): Parts {
  const names = Object.keys(parts).filter((name) => /^conversations.*json$/.test(name));
  const files = names.map((name) => JSON.parse(parts[name] ?? ""));
  edit(files.map((file) => file.conversations[0]));
  return { ...parts, ...Object.fromEntries(names.map((name, at) => [name, JSON.stringify(files[at])])) };
}

onEachDatabase(() => {
  whileTransfersRun();

  it("an archive gives another account what is pinned, what is archived and the prompts, once; its links are told only", async () => {
    const { actor: source } = await anOrderlyAgent();
    const { id, bytes } = await takeEverything(source);
    expect(JSON.parse((await partsOf(id))["donnees.json"] ?? "").shares).toMatchObject([{ title: "Épinglée ?" }]);
    const actor = await anActor();
    expect((await bring(actor, bytes)).report).toMatchObject({ added: { conversations: 2, prompts: 1 }, skipped: [] });
    expect(await listPinned(actor)).toMatchObject([{ title: "Épinglée ?", isPinned: true }]);
    expect((await listArchived(actor)).conversations).toMatchObject([{ title: "Archivée ?" }]);
    expect((await listPrompts(actor)).own).toMatchObject([{ title: "Note", text: "Une note sur {{sujet}}." }]);
    expect(await listShares(actor)).toEqual([]);
    const before = await rowsOf(actor);
    expect((await bring(actor, bytes)).report).toMatchObject({ added: { conversations: 0, prompts: 0 } });
    expect(await rowsOf(actor)).toEqual(before);
  });

  it("a prompt that was changed since is left as it is, and one of another shape is left aside", async () => {
    const { actor, promptId } = await anOrderlyAgent();
    const parts = await partsOf((await takeEverything(actor)).id);
    await changePrompt(actor, { id: promptId, title: "Note", text: "Autrement." });
    const index = JSON.parse(parts["donnees.json"] ?? "");
    index.prompts.push({ title: "Sans texte" });
    const { report } = await bring(actor, writeZip({ ...parts, "donnees.json": JSON.stringify(index) }));
    expect(report).toMatchObject({ added: { prompts: 0 } });
    expect(report?.skipped).toEqual(
      expect.arrayContaining([
        { what: "prompt", name: "Note", reason: "known" },
        { what: "prompt", name: "Sans texte", reason: "unreadable" },
      ]),
    );
    expect((await listPrompts(actor)).own).toMatchObject([{ text: "Autrement." }]);
  });

  it.each<[string, (conversations: Conversation[]) => void]>([
    [
      "counts that no column holds",
      ([, last]) => {
        for (const message of last?.messages ?? [])
          if (message.turn) message.turn = { ...message.turn, inputTokens: 9_999_999_999 };
      },
    ],
    [
      "a year that no calendar has",
      ([, last]) => {
        if (last) last.createdAt = "0000-01-01T00:00:00Z";
      },
    ],
  ])("an archive with %s in its last conversation changes nothing", async (_what, edit) => {
    const { actor: source } = await anOrderlyAgent();
    const bytes = writeZip(edited(await partsOf((await takeEverything(source)).id), edit));
    const actor = await anActor();
    expect(await bring(actor, bytes)).toMatchObject({ state: "failed", failureCode: "archive_damaged", report: null });
    expect(await rowsOf(actor)).toEqual(NOTHING);
  });

  it("what no database can hold is left out of what it says", async () => {
    const { actor: source } = await anOrderlyAgent();
    const parts = edited(await partsOf((await takeEverything(source)).id), (conversations) => {
      for (const { messages } of conversations)
        for (const message of messages)
          Object.assign(message, { parts: [{ type: "text", text: "tout\0 va\ud800 bien" }] });
    });
    const actor = await anActor();
    expect((await bring(actor, writeZip(parts))).report).toMatchObject({ added: { conversations: 2 }, skipped: [] });
    const written = await asMember(actor.agentId, (tx) => tx.selectDistinct({ text: messages.text }).from(messages));
    expect(written).toEqual([{ text: "tout va\ufffd bien" }]);
  });

  it("a conversation whose messages are those of another is left aside whole, and said to be", async () => {
    const { actor: source } = await anOrderlyAgent();
    const parts = edited(await partsOf((await takeEverything(source)).id), ([first, second]) => {
      if (first && second) Object.assign(second, { messages: first.messages, shownLeafId: null });
    });
    const actor = await anActor();
    const { state, report } = await bring(actor, writeZip(parts));
    expect(state).toBe("done");
    expect(report).toMatchObject({
      added: { conversations: 1, messages: 2 },
      skipped: [{ reason: "identifiersTaken" }],
    });
    expect(await rowsOf(actor)).toMatchObject({ conversations: 1, messages: 2 });
  });

  it("one archive is received at a time from an agent, and none while others wait: nothing more of it is stored", async () => {
    const actor = await anActor();
    const { promise: later, resolve: goOn } = Promise.withResolvers<void>();
    let isRead = false;
    async function* archive(until?: Promise<void>): AsyncGenerator<Uint8Array> {
      isRead = true;
      await until;
      yield Buffer.from("PK");
    }
    const first = receiveArchive(actor, archive(later));
    await vi.waitFor(() => expect(isRead).toBe(true));
    await expect(receiveArchive(actor, archive())).rejects.toMatchObject({
      code: "exports_too_many",
      details: { max: 1 },
    });
    goOn();
    await overTransfer(actor, (await first).transferId);
    for (let n = 0; n < UNFINISHED_MAX; n += 1) await addTransfer(actor, { id: newId(), kind: "everything" });
    isRead = false;
    await expect(receiveArchive(actor, archive())).rejects.toMatchObject({ code: "exports_too_many" });
    expect(isRead).toBe(false);
  });
});
