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
import { archiveConversations, pinConversation, showMessage, unarchiveConversations } from "./mutations";
import {
  getConversation,
  listArchived,
  listConversations,
  listLatestAnswerIds,
  listLatestMessages,
  listMessagesBefore,
  listPinned,
  listShownMessages,
} from "./queries";
import { MESSAGES_PER_SCREEN, PINNED_MAX } from "./rules";

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

  it("opens a long conversation from what a message of it answers, and gives all that comes before up to another", async () => {
    const actor = await anActor();
    const { conversationId, messageIds } = await aLongConversation(actor, 25);
    const idsOf = (found: { id: string }[]) => found.map(({ id }) => id);
    const [answer = "", lastQuestion = "", early = ""] = [messageIds[21], messageIds[48], messageIds[4]];
    expect(idsOf(await listLatestMessages(actor, conversationId, answer))).toEqual(messageIds.slice(20));
    expect(idsOf(await listLatestMessages(actor, conversationId, lastQuestion))).toEqual(
      messageIds.slice(-MESSAGES_PER_SCREEN),
    );
    expect(idsOf(await listLatestMessages(actor, conversationId, messageIds[0]))).toEqual(messageIds);
    const elsewhere = await listLatestMessages(actor, conversationId, newId());
    expect(idsOf(elsewhere)).toEqual(messageIds.slice(-MESSAGES_PER_SCREEN));
    const before = await listMessagesBefore(actor, { conversationId, messageId: messageIds[38] ?? "", untilId: early });
    expect(idsOf(before)).toEqual(messageIds.slice(3, 38));
  });

  it("leaves the branch that is shown for that of a message only when the message is not in it", async () => {
    const actor = await anActor();
    const { conversationId, questionId, answerId } = await aConversation(actor);
    const again = await anOpenedTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    const shown = async () => (await listShownMessages(actor, conversationId)).at(-1)?.id;
    await showMessage(actor, { conversationId, messageId: answerId });
    expect(await shown()).toBe(answerId);
    await showMessage(actor, { conversationId, messageId: questionId });
    expect(await shown()).toBe(answerId);
    await showMessage(actor, { conversationId, messageId: again.answerId });
    expect(await shown()).toBe(again.answerId);
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

  it("keeps pinned conversations on top and archived ones out, on no page", async () => {
    const actor = await anActor();
    const ids: string[] = [];
    for (const question of ["Un", "Deux", "Trois", "Quatre"])
      ids.push((await aConversation(actor, { question })).conversationId);
    const [one = "", two = "", three = "", four = ""] = ids;
    await pinConversation(actor, { id: one, isPinned: true });
    await pinConversation(actor, { id: three, isPinned: true });
    await archiveConversations(actor, [two, three]);
    expect(await listPinned(actor)).toMatchObject([{ id: one, isPinned: true }]);
    expect((await listConversations(actor)).conversations.map(({ id }) => id)).toEqual([four]);
    const archived = (await listArchived(actor)).conversations;
    expect(new Map(archived.map(({ id, isPinned }) => [id, isPinned]))).toEqual(
      new Map([
        [two, false],
        [three, true],
      ]),
    );
    await unarchiveConversations(actor, [three]);
    expect((await listPinned(actor)).map(({ id }) => id)).toEqual([three, one]);
    await pinConversation(actor, { id: one, isPinned: false });
    expect((await listConversations(actor)).conversations.map(({ id }) => id)).toEqual([four, one]);
  });

  it("gives every unpinned conversation once, page after page, while others are pinned", async () => {
    const actor = await anActor();
    await asMember(actor.agentId, (tx) =>
      tx.execute(sql`insert into conversations (id, owner_id, title, used_at, pinned_at)
        select gen_random_uuid(), ${actor.agentId}, 'n°' || n, timestamptz '2026-01-01' + n * interval '1 minute',
          case when n % 3 = 0 then now() end from generate_series(1, 90) n`),
    );
    const seen: string[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page: Awaited<ReturnType<typeof listConversations>> = await listConversations(actor, cursor);
      seen.push(...page.conversations.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    expect(seen.some((title) => Number(title.slice(2)) % 3 === 0)).toBe(false);
    expect(await listPinned(actor)).toHaveLength(30);
  });

  it("refuses more pins than can be listed, and pins again what is pinned", async () => {
    const actor = await anActor();
    await asMember(actor.agentId, (tx) =>
      tx.execute(sql`insert into conversations (id, owner_id, title, pinned_at)
        select gen_random_uuid(), ${actor.agentId}, 'n°' || n, now() from generate_series(1, ${PINNED_MAX - 1}) n`),
    );
    const [first, second] = [await aConversation(actor), await aConversation(actor)];
    const pin = ({ conversationId: id }: { conversationId: string }) => pinConversation(actor, { id, isPinned: true });
    const outcomes = await Promise.allSettled([pin(first), pin(second)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listPinned(actor)).toHaveLength(PINNED_MAX);
    const [pinned] = await listPinned(actor);
    await pinConversation(actor, { id: pinned?.id ?? "", isPinned: true });
  });

  it("brings an archived conversation back when something is asked in it", async () => {
    const actor = await anActor();
    const { conversationId } = await aConversation(actor);
    await archiveConversations(actor, [conversationId]);
    expect(await getConversation(actor, conversationId)).toMatchObject({ isArchived: true });
    await anOpenedTurn(actor, aQuestion("Encore ?", { conversationId, isNew: false }));
    expect(await getConversation(actor, conversationId)).toMatchObject({ isArchived: false });
    expect((await listArchived(actor)).conversations).toEqual([]);
  });
});
