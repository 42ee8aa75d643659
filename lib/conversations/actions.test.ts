import { expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { aSignedInCookie } from "@/tests/support/sessions";
import { setTestSettings } from "@/tests/support/settings";
import {
  deleteConversationAction,
  listConversationsAction,
  renameConversationAction,
  restoreConversationAction,
} from "./actions";
import { getConversation } from "./queries";

const { APP_URL } = setTestSettings();

/** Calls an action as a browser with this cookie would. */
const as = <T>(cookie: string, act: () => Promise<T>): Promise<T> =>
  inRequest(new Request(APP_URL, { method: "POST", headers: cookie ? { cookie } : {} }), act);

const changes: [name: string, act: (input: Record<string, unknown>) => Promise<unknown>][] = [
  ["renameConversationAction", (input) => renameConversationAction({ title: "Volé", ...input })],
  ["deleteConversationAction", deleteConversationAction],
  ["restoreConversationAction", restoreConversationAction],
];
const refused = (code: string) => ({ ok: false, code });

async function aVisitor(): Promise<{ actor: Actor; cookie: string }> {
  const actor = await anActor();
  return { actor, cookie: await aSignedInCookie(actor) };
}

onEachDatabase(() => {
  it.each([...changes, ["listConversationsAction", listConversationsAction] as const])(
    "%s asks a visitor to sign in, before reading the input",
    async (_name, act) => {
      expect(await as("", () => act({ id: 1 }))).toEqual(refused("not_signed_in"));
    },
  );

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

  it("renames, deletes, restores and lists what is the actor's own", async () => {
    const { actor, cookie } = await aVisitor();
    const { conversationId: id } = await aConversation(actor);
    const done = { ok: true };
    expect(await as(cookie, () => renameConversationAction({ id, title: "Renommée" }))).toMatchObject(done);
    expect(await as(cookie, () => listConversationsAction({ cursor: "" }))).toMatchObject({
      ok: true,
      data: { conversations: [{ id, title: "Renommée" }] },
    });
    expect(await as(cookie, () => deleteConversationAction({ id }))).toMatchObject(done);
    expect(await as(cookie, () => getConversation(actor, id).catch(({ code }) => code))).toBe("conversation_not_found");
    expect(await as(cookie, () => restoreConversationAction({ id }))).toMatchObject(done);
    expect(await getConversation(actor, id)).toMatchObject({ title: "Renommée" });
  });
});
