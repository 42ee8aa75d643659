import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { aSignedInCookie } from "@/tests/support/sessions";
import { setTestSettings } from "@/tests/support/settings";
import {
  archiveConversationsAction,
  deleteConversationsAction,
  listArchivedAction,
  listConversationsAction,
  pinConversationAction,
  renameConversationAction,
  restoreConversationsAction,
  unarchiveConversationsAction,
} from "./actions";
import { getConversation } from "./queries";

const { APP_URL } = setTestSettings();

/** Calls an action as a browser with this cookie would. */
const as = <T>(cookie: string, act: () => Promise<T>): Promise<T> =>
  inRequest(new Request(APP_URL, { method: "POST", headers: cookie ? { cookie } : {} }), act);

const changes: [name: string, act: (input: Record<string, unknown>) => Promise<unknown>][] = [
  ["renameConversationAction", (input) => renameConversationAction({ title: "Volé", ...input })],
  ["pinConversationAction", (input) => pinConversationAction({ isPinned: true, ...input })],
  ["archiveConversationsAction", ({ id }) => archiveConversationsAction({ ids: [id] })],
  ["unarchiveConversationsAction", ({ id }) => unarchiveConversationsAction({ ids: [id] })],
  ["deleteConversationsAction", ({ id }) => deleteConversationsAction({ ids: [id] })],
  ["restoreConversationsAction", ({ id }) => restoreConversationsAction({ ids: [id] })],
];
const refused = (code: string) => ({ ok: false, code });

async function aVisitor(): Promise<{ actor: Actor; cookie: string }> {
  const actor = await anActor();
  return { actor, cookie: await aSignedInCookie(actor) };
}

onEachDatabase(() => {
  it.each([
    ...changes,
    ["listConversationsAction", listConversationsAction] as const,
    ["listArchivedAction", listArchivedAction] as const,
  ])("%s asks a visitor to sign in, before reading the input", async (_name, act) => {
    expect(await as("", () => act({ id: 1 }))).toEqual(refused("not_signed_in"));
  });

  it.each(changes)("%s refuses what is not an identifier", async (_name, act) => {
    const { cookie } = await aVisitor();
    for (const id of [undefined, 1, "", "1 or 1=1", { $ne: null }])
      expect(await as(cookie, () => act({ id }))).toEqual(refused("invalid_input"));
  });

  it.each(changes)("%s says the same of someone else's conversation and of none", async (_name, act) => {
    const owner = await anActor();
    const { conversationId } = await aConversation(owner);
    const { cookie } = await aVisitor();
    for (const id of [conversationId, newId()])
      expect(await as(cookie, () => act({ id }))).toEqual(refused("conversation_not_found"));
    expect(await getConversation(owner, conversationId)).toMatchObject({ title: "Une question" });
  });

  it.each(["", "   ", "x".repeat(101), 3])("refuses the title %j", async (title) => {
    const { actor, cookie } = await aVisitor();
    const { conversationId: id } = await aConversation(actor);
    expect(await as(cookie, () => renameConversationAction({ id, title }))).toEqual(refused("invalid_input"));
  });

  it("keeps a title without what the database cannot hold", async () => {
    const { actor, cookie } = await aVisitor();
    const { conversationId: id } = await aConversation(actor);
    const title = "\0 Congé \ud800 d’été \0";
    expect(await as(cookie, () => renameConversationAction({ id, title }))).toMatchObject({ ok: true });
    expect(await getConversation(actor, id)).toMatchObject({ title: "Congé \ufffd d’été" });
  });

  it("renames, deletes, restores and lists what is the actor's own", async () => {
    const { actor, cookie } = await aVisitor();
    const { conversationId: id } = await aConversation(actor);
    const done = { ok: true };
    expect(await as(cookie, () => renameConversationAction({ id, title: "Renommée" }))).toMatchObject(done);
    expect(await as(cookie, () => listConversationsAction({ cursor: "" }))).toMatchObject({
      ok: true,
      data: { conversations: [{ id, title: "Renommée" }] },
    });
    expect(await as(cookie, () => deleteConversationsAction({ ids: [id] }))).toMatchObject(done);
    expect(await as(cookie, () => getConversation(actor, id).catch(({ code }) => code))).toBe("conversation_not_found");
    expect(await as(cookie, () => restoreConversationsAction({ ids: [id] }))).toMatchObject(done);
    expect(await getConversation(actor, id)).toMatchObject({ title: "Renommée" });
  });

  it("changes a selection in one act: what is the actor's of it, and no more than 200", async () => {
    const { actor, cookie } = await aVisitor();
    const mine = [(await aConversation(actor)).conversationId, (await aConversation(actor)).conversationId];
    const { conversationId: theirs } = await aConversation(await anActor());
    const archived = await as(cookie, () => archiveConversationsAction({ ids: [...mine, theirs, newId()] }));
    expect(archived).toMatchObject({ ok: true, data: { ids: expect.arrayContaining(mine) } });
    expect(archived.ok && archived.data.ids).toHaveLength(2);
    expect(await as(cookie, () => listArchivedAction({}))).toMatchObject({
      ok: true,
      data: { conversations: [{}, {}] },
    });
    const many = Array.from({ length: 201 }, newId);
    expect(await as(cookie, () => archiveConversationsAction({ ids: many }))).toEqual(refused("invalid_input"));
    expect(await as(cookie, () => deleteConversationsAction({ ids: [] }))).toEqual(refused("invalid_input"));
  });

  describe("two tabs at once", () => {
    it("each keep what they changed: the last writer wins field by field", async () => {
      const { actor, cookie } = await aVisitor();
      const { conversationId: id } = await aConversation(actor);
      const done = await Promise.all([
        as(cookie, () => renameConversationAction({ id, title: "Renommée ici" })),
        as(cookie, () => pinConversationAction({ id, isPinned: true })),
        as(cookie, () => archiveConversationsAction({ ids: [id] })),
      ]);
      expect(done.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect(await getConversation(actor, id)).toMatchObject({
        title: "Renommée ici",
        isPinned: true,
        isArchived: true,
      });
    });

    it("never bring back what one of them deleted, whatever the other does", async () => {
      const { actor, cookie } = await aVisitor();
      const { conversationId: id } = await aConversation(actor);
      await Promise.all([
        as(cookie, () => deleteConversationsAction({ ids: [id] })),
        as(cookie, () => renameConversationAction({ id, title: "Autre" })),
        as(cookie, () => archiveConversationsAction({ ids: [id] })),
        as(cookie, () => pinConversationAction({ id, isPinned: true })),
      ]);
      const acts: (() => Promise<unknown>)[] = [
        () => renameConversationAction({ id, title: "Encore" }),
        () => pinConversationAction({ id, isPinned: true }),
        () => pinConversationAction({ id, isPinned: false }),
        () => archiveConversationsAction({ ids: [id] }),
        () => unarchiveConversationsAction({ ids: [id] }),
        () => deleteConversationsAction({ ids: [id] }),
      ];
      for (const act of acts) expect(await as(cookie, act)).toEqual(refused("conversation_not_found"));
      expect(await as(cookie, () => getConversation(actor, id).catch(({ code }) => code))).toBe(
        "conversation_not_found",
      );
      expect(await as(cookie, () => restoreConversationsAction({ ids: [id] }))).toMatchObject({ ok: true });
    });
  });
});
