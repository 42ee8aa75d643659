import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { asMember } from "@/db/client";
import { plainText } from "@/lib/conversations/rules";
import { newId } from "@/lib/id";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aConversation, aLongConversation, anOpenedTurn, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { aQuestion } from "@/tests/support/turns";
import { purgeDeletedConversations } from "./maintenance";
import { deleteConversation, restoreConversation } from "./mutations";
import {
  getConversation,
  listConversations,
  listLatestAnswerIds,
  listLatestMessages,
  listMessagesBefore,
  listShownMessages,
} from "./queries";
import { MESSAGES_PER_SCREEN } from "./rules";

onEachDatabase(() => {
  it("lists the most recently used conversation first, and says which one is being answered", async () => {
    const actor = await anActor();
    const first = await aConversation(actor, { question: "Hier" });
    await aRunningTurn(actor, "Ce matin");
    expect((await listConversations(actor)).conversations).toMatchObject([
      { title: "Ce matin", isRunning: true },
      { title: "Hier", isRunning: false },
    ]);
    const { conversationId, questionId } = first;
    await anOpenedTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    expect((await listConversations(actor)).conversations.map(({ title }) => title)).toEqual(["Hier", "Ce matin"]);
  });

  it("gives every conversation once, page after page, even when many were used at the same instant", async () => {
    const actor = await anActor();
    await asMember(actor.agentId, (tx) =>
      tx.execute(sql`insert into conversations (id, owner_id, title, used_at)
        select gen_random_uuid(), ${actor.agentId}, 'n°' || n, timestamptz '2026-01-01' + (n / 20) * interval '1 microsecond'
        from generate_series(1, 75) n`),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    const sizes: number[] = [];
    do {
      const page: Awaited<ReturnType<typeof listConversations>> = await listConversations(actor, cursor ?? undefined);
      sizes.push(page.conversations.length);
      seen.push(...page.conversations.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(sizes).toEqual([30, 30, 15]);
    expect(new Set(seen).size).toBe(75);
  });

  it.each(["", "nonsense", "2026-01-01~x", "'; drop table messages; --"])(
    "takes the cursor %j for the first page",
    async (cursor) => {
      const actor = await anActor();
      await aConversation(actor);
      expect((await listConversations(actor, cursor)).conversations).toHaveLength(1);
    },
  );

  it("shows the branch of the last answer only, in order", async () => {
    const actor = await anActor();
    const { conversationId, questionId } = await aRunningTurn(actor, "Première");
    const first = { conversationId, questionId };
    await endFirst("Échec");
    const retry = await anOpenedTurn(actor, { kind: "retry", ...first, answerId: newId() });
    await endTurn(
      actor.agentId,
      retry,
      { status: "completed" },
      { parts: [{ type: "text", text: "Réussite" }], text: "Réussite" },
    );
    await anOpenedTurn(actor, aQuestion("Seconde", { conversationId, isNew: false }));

    const shown = await listShownMessages(actor, conversationId);

    expect(shown.map(({ author, parts, turn }) => [author, plainText(parts), turn?.status])).toEqual([
      ["agent", "Première", undefined],
      ["assistant", "Réussite", "completed"],
      ["agent", "Seconde", undefined],
      ["assistant", "", "running"],
    ]);

    async function endFirst(text: string) {
      const { findRunningTurn } = await import("@/lib/assistant/queries");
      const running = await findRunningTurn(actor, conversationId);
      if (!running) throw new Error("no turn");
      await endTurn(
        actor.agentId,
        running,
        { status: "failed", failureCode: "model_cut" },
        { parts: [{ type: "text", text }], text },
      );
    }
  });

  it("opens a long conversation at its end, and gives the rest screen by screen, each message once", async () => {
    const actor = await anActor();
    const { conversationId, messageIds } = await aLongConversation(actor, 25);
    const screens = [await listLatestMessages(actor, conversationId)];
    expect(screens[0]).toHaveLength(MESSAGES_PER_SCREEN);
    expect(screens[0]?.at(-1)).toMatchObject({ parts: [{ text: "Réponse 25" }], turn: { status: "completed" } });
    for (let first = screens[0]?.[0]; first?.parentId; first = screens[0]?.[0]) {
      screens.unshift(await listMessagesBefore(actor, { conversationId, messageId: first.id }));
    }
    expect(screens.flat().map(({ id }) => id)).toEqual(messageIds);
    const [firstId = ""] = messageIds;
    expect(await listMessagesBefore(actor, { conversationId, messageId: firstId })).toEqual([]);
  });

  it("opens a conversation of very long answers with its last exchange", async () => {
    const actor = await anActor();
    const { conversationId } = await aLongConversation(actor, 3, () => "mot ".repeat(20_000));
    expect(await listLatestMessages(actor, conversationId)).toMatchObject([
      { parts: [{ text: "Question 3" }] },
      { author: "assistant" },
    ]);
  });

  it("tells the answers of every branch, the last written first", async () => {
    const actor = await anActor();
    const { conversationId, questionId, answerId } = await aConversation(actor);
    const again = await anOpenedTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    expect(await listLatestAnswerIds(actor, conversationId)).toEqual([again.answerId, answerId]);
    expect((await listShownMessages(actor, conversationId)).map(({ id }) => id)).toEqual([questionId, again.answerId]);
  });

  it("knows nothing before a message of another conversation", async () => {
    const actor = await anActor();
    const { messageIds } = await aLongConversation(actor, 2);
    const other = await aConversation(actor);
    await expect(
      listMessagesBefore(actor, { conversationId: other.conversationId, messageId: messageIds[3] ?? "" }),
    ).rejects.toMatchObject({ code: "message_not_found" });
  });

  it("brings a deleted conversation back while the deletion can be undone", async () => {
    const actor = await anActor();
    const { conversationId } = await aConversation(actor);
    await deleteConversation(actor, conversationId);
    expect((await listConversations(actor)).conversations).toEqual([]);
    expect(await purgeDeletedConversations()).toBe(0);
    await restoreConversation(actor, conversationId);
    expect(await getConversation(actor, conversationId)).toMatchObject({ id: conversationId });
  });

  it("removes a deleted conversation for good, messages and turns included, once it cannot be undone", async () => {
    const actor = await anActor();
    const { conversationId } = await aConversation(actor, { question: "marqueur-à-effacer" });
    await deleteConversation(actor, conversationId);
    await asMember(actor.agentId, (tx) =>
      tx.execute(sql`update conversations set deleted_at = now() - interval '61 seconds' where id = ${conversationId}`),
    );
    await expect(restoreConversation(actor, conversationId)).rejects.toMatchObject({ code: "conversation_not_found" });
    expect(await purgeDeletedConversations()).toBe(1);
    const left = await asMember(actor.agentId, (tx) =>
      tx.execute(
        sql`select (select count(*) from messages) + (select count(*) from turns) + (select count(*) from conversations) as rows`,
      ),
    );
    expect(JSON.stringify(left)).toMatch(/"rows":"?0"?/);
  });
});
