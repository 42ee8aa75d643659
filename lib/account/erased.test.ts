import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { documents } from "@/db/schema/documents";
import { transfers } from "@/db/schema/transfers";
import { openTurn } from "@/lib/assistant/mutations";
import { onStopAsked } from "@/lib/assistant/stop-turn";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { findSession } from "@/lib/auth/queries";
import { renameConversation } from "@/lib/conversations/mutations";
import type { MessagePart } from "@/lib/conversations/schema";
import { startReadingFiles } from "@/lib/documents/read-files";
import { removeDocument } from "@/lib/documents/remove-document";
import { addTransfer } from "@/lib/export/mutations";
import { giveFeedback } from "@/lib/feedback/mutations";
import { newId } from "@/lib/id";
import { sendJob, workOn } from "@/lib/jobs/mutations";
import { changeInstructions } from "@/lib/preferences/mutations";
import { listProjectDocuments } from "@/lib/projects/queries";
import { fileStorage } from "@/lib/providers/file-storage";
import { createPrompt } from "@/lib/saved-prompts/mutations";
import { createShare } from "@/lib/sharing/mutations";
import { purgeDocumentNames, purgeTrash } from "@/lib/trash/maintenance";
import { eraseConversations } from "@/lib/trash/mutations";
import { endTurn, saveSummary } from "@/lib/turns/mutations";
import { aModel, anOpenedTurn, deleteConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { aMarkedProject, filesHolding, tablesHolding } from "@/tests/support/everything";
import { madeOlder } from "@/tests/support/later";
import { anIdentity, aSession } from "@/tests/support/sessions";
import { setTestSettings } from "@/tests/support/settings";
import { aTemporaryConversation } from "@/tests/support/temporary";
import { aQuestion } from "@/tests/support/turns";
import { eraseAccount, requestErasure } from "./mutations";
import { findReceipt } from "./queries";

const folder = mkdtempSync(join(tmpdir(), "erased-test-"));
setTestSettings({ DATA_DIR: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each is a word, without a digit or a double letter, that no stemmer shortens and nothing else holds; `all` is in every one of them. */
function marks() {
  const letters = Array.from(
    { length: 10 },
    (_, n) => ["bdfgjlnr", "chkmptvw"][n % 2]?.[Math.floor(Math.random() * 8)],
  );
  const all = `zqx${letters.join("")}`;
  const of = (where: string) => `${all}${where}k`;
  return { all, of };
}
type Marks = ReturnType<typeof marks>;

/** An answer with all that an answer can hold. */
const answerOf = ({ of }: Marks): MessagePart[] => [
  { type: "reasoning", text: of("thought") },
  {
    type: "tool",
    callId: "1",
    name: "query_table",
    state: "failed",
    input: { document: of("toolinput") },
    output: null,
  } as unknown as MessagePart,
  {
    type: "text",
    text: of("answer"),
    sources: [
      {
        number: 1,
        start: 0,
        end: 1,
        url: `https://site.example/${of("cited")}`,
        title: of("citedtitle"),
        site: "site.example",
        date: null,
        readAt: "2026-01-01",
        passage: of("citedpassage"),
      },
    ],
  },
];

/** A conversation with a mark in everything that can be written of it; its last question waits in the queue. */
async function aMarkedConversation(
  actor: Actor,
  mark: Marks,
  documentId: string,
  isLeftRunning: boolean,
): Promise<TurnMetadata> {
  const { of } = mark;
  const turn = await anOpenedTurn(actor, aQuestion(of("question"), { documentIds: [documentId] }));
  const { conversationId, answerId } = turn;
  const end = { status: "completed" as const };
  await endTurn(actor.agentId, turn, end, { parts: answerOf(mark), text: of("answer") });
  await renameConversation(actor, { id: conversationId, title: of("title") });
  await saveSummary(actor.agentId, conversationId, { messageId: answerId, text: of("summary") });
  await createShare(actor, { conversationId, messageId: answerId, withDocuments: true, days: 30 });
  await giveFeedback(actor, answerId, { rating: "down", reasons: [], comment: of("comment") });
  const running = await anOpenedTurn(actor, aQuestion(of("running"), { conversationId, isNew: false }));
  await openTurn(actor, aQuestion(of("queued"), { conversationId, isNew: false }), aModel);
  if (!isLeftRunning) await endTurn(actor.agentId, running, { status: "stopped" }, { parts: [], text: "" });
  return running;
}

const OF_CONVERSATIONS = [
  "public.conversations",
  "public.feedback",
  "public.messages",
  "public.queued_questions",
  "public.search_entries",
  "public.shares",
  "public.summaries",
];
/** Who they are, and what is theirs apart from any conversation. */
const OF_AGENT = ["public.agents", "public.identities", "public.projects", "public.prompts"];
const OF_DOCUMENTS = ["public.documents", "public.file_pages", "public.passages"];

/** An agent who signed in, with marks everywhere. */
async function aMarkedAgent({ isAnswering = false } = {}) {
  const mark = marks();
  const { of } = mark;
  const identity = anIdentity({
    sub: of("sub"),
    email: `${of("mail")}@ministere.example`,
    givenName: of("given"),
    usualName: of("usual"),
    organizationLabel: of("organization"),
  });
  const sessionId = await aSession(identity);
  const session = await findSession(sessionId);
  const actor = { agentId: session?.agentId ?? "", sessionId, role: "member" } as Actor;
  await changeInstructions(actor, of("instructions"));
  await createPrompt(actor, { title: of("prompttitle"), text: of("prompt") });
  const document = await send(actor, `${of("name")}.txt`, `Un texte avec ${of("text")} dedans.`);
  await settled(actor, document);
  const turn = await aMarkedConversation(actor, mark, document.id, isAnswering);
  const { projectId, noteId } = await aMarkedProject(actor, mark.of, turn.conversationId);
  return { mark, identity, actor, document, turn, projectId, noteId };
}

/** Made less than a day ago, hence still kept. */
async function anExport(actor: Actor, { of }: Marks): Promise<void> {
  const id = newId();
  await addTransfer(actor, { id, kind: "everything" });
  await fileStorage().put(id, Readable.from([Buffer.from(of("export"))]), 1_000);
  await asMember(actor.agentId, (tx) =>
    tx
      .update(transfers)
      .set({ fileName: of("exportname") })
      .where(eq(transfers.id, id)),
  );
}

const tablesOf = async ({ all }: Marks) => Object.keys(await tablesHolding(all));

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  it("finds the marks that were planted, wherever they are: otherwise it would prove nothing", async () => {
    const { mark } = await aMarkedAgent();
    expect(await tablesOf(mark)).toEqual([...OF_AGENT, ...OF_CONVERSATIONS, ...OF_DOCUMENTS].toSorted());
    for (const where of ["question", "answer", "citedpassage", "running"])
      expect(await tablesHolding(mark.of(where)), where).toMatchObject({ "public.messages": 1 });
    for (const where of ["thought", "toolinput"])
      expect(await tablesHolding(mark.of(where)), where).toEqual({ "public.messages": 1 });
    for (const where of ["projecttitle", "projectinstructions"])
      expect(await tablesHolding(mark.of(where)), where).toEqual({ "public.projects": 1 });
    expect(filesHolding(join(folder, "files"), mark.all)).toHaveLength(2);
  });

  it("finds no word in what is kept of a job that failed", async () => {
    const { all } = marks();
    await workOn("embed-file", 1, async () => {
      throw new Error(`Failed query: insert … params: ${all}`);
    });
    await sendJob("embed-file", { ownerId: newId(), fileId: newId() }, newId());
    const failed = () => tablesHolding("unexpected");
    await expect.poll(failed, { timeout: 15_000 }).toHaveProperty(["jobs.job_common"]);
    expect(await tablesHolding(all)).toEqual({});
  });

  describe("a conversation", () => {
    it("leaves nothing anywhere once it is purged, but the documents that its owner keeps", async () => {
      const { mark, actor, turn, projectId, noteId } = await aMarkedAgent();
      await deleteConversation(actor, turn.conversationId);
      await madeOlder(actor, "deleted_at", "31 days");
      await purgeTrash();
      expect(await tablesOf(mark)).toEqual([...OF_AGENT, ...OF_DOCUMENTS].toSorted());
      expect(filesHolding(join(folder, "files"), mark.all)).toHaveLength(2);
      // Used by nothing but a project, a document stays what it is.
      await purgeDocumentNames();
      expect(await listProjectDocuments(actor, projectId)).toMatchObject([{ id: noteId, state: "ready" }]);
    });

    it("takes with it the name of a document that was deleted, of which nothing else was left", async () => {
      const { mark, actor, document, turn, noteId } = await aMarkedAgent();
      await removeDocument(actor, document.id);
      await removeDocument(actor, noteId);
      expect(await tablesHolding(mark.of("text"))).toEqual({});
      expect(filesHolding(join(folder, "files"), mark.all)).toEqual([]);
      await asMember(actor.agentId, (tx) => tx.update(documents).set({ deletedAt: sql`now() - interval '2 days'` }));
      await purgeDocumentNames();
      expect(await tablesHolding(mark.of("name")), "still shown by the conversation").toEqual({
        "public.documents": 1,
        "public.search_entries": 1,
        "public.shares": 1,
      });
      await deleteConversation(actor, turn.conversationId);
      await eraseConversations(actor, [turn.conversationId]);
      await purgeDocumentNames();
      expect(await tablesOf(mark)).toEqual(OF_AGENT);
    });
  });

  describe("an account", () => {
    it("leaves nothing anywhere, neither of what was written nor of who wrote it, even while an answer is written", async () => {
      const { mark, actor, turn } = await aMarkedAgent({ isAnswering: true });
      let isTold = false;
      const forget = onStopAsked(turn.turnId, () => {
        isTold = true;
      });
      await aTemporaryConversation(actor, { question: mark.of("passing"), answer: mark.of("passed") });
      await anExport(actor, mark);
      expect(await tablesOf(mark)).toContain("public.transfers");
      expect(filesHolding(join(folder, "files"), mark.all)).toHaveLength(3);
      const { number, idToken } = await requestErasure(actor);
      expect(idToken).toBe("jeton");
      await eraseAccount(actor.agentId, number);
      expect(await tablesHolding(mark.all)).toEqual({});
      expect(filesHolding(join(folder, "files"), mark.all)).toEqual([]);
      expect(Object.keys(await tablesHolding(actor.agentId)), "identifiers wait in jobs, for a day").toEqual(
        expect.not.arrayContaining(["public.agents", "public.account_erasures", "public.sessions"]),
      );
      expect(await findReceipt(number)).toMatchObject({
        finishedAt: expect.any(Date),
        conversations: 2,
        messages: 6,
        documents: 2,
        files: 2,
      });
      expect(isTold, "the turn was asked to stop").toBe(true);
      forget();
    });

    it("is nobody's from the first moment: a new sign-in makes a new, empty one", async () => {
      const { mark, identity, actor } = await aMarkedAgent();
      const other = await aSession(identity);
      const { number } = await requestErasure(actor);
      expect(await findSession(actor.sessionId)).toBeNull();
      expect(await findSession(other)).toBeNull();
      const again = await findSession(await aSession(identity));
      expect(again?.agentId).not.toBe(actor.agentId);
      await eraseAccount(actor.agentId, number);
      expect(await findSession(again?.sessionId ?? "")).toMatchObject({ agentId: again?.agentId });
      expect(await tablesOf(mark)).toEqual(["public.agents", "public.identities"]);
    });

    it("is erased to the end by whoever takes up what a process that died left, and counted once", async () => {
      const { mark, actor } = await aMarkedAgent();
      const [first, second] = await Promise.all([requestErasure(actor), requestErasure(actor)]);
      expect(second.number).toBe(first.number);
      await asMember(actor.agentId, (tx) => tx.execute(sql`update conversations set deleted_at = now()`));
      await Promise.all([eraseAccount(actor.agentId, first.number), eraseAccount(actor.agentId, first.number)]);
      expect(await tablesHolding(mark.all)).toEqual({});
      expect(await findReceipt(first.number)).toMatchObject({ conversations: 1, messages: 4, documents: 2, files: 2 });
    });

    it("takes what is being sent with it", async () => {
      const { mark, actor } = await aMarkedAgent();
      const { number } = await requestErasure(actor);
      const late = send(actor, `${mark.of("late")}.txt`, `Un texte avec ${mark.of("latetext")}.`);
      await Promise.all([
        eraseAccount(actor.agentId, number),
        expect(late).rejects.toMatchObject({ code: "not_signed_in" }),
      ]);
      expect(await tablesHolding(mark.all)).toEqual({});
      await expect.poll(() => filesHolding(join(folder, "files"), mark.all)).toEqual([]);
    });

    it("leaves every other one as it was", async () => {
      const [gone, kept] = [await aMarkedAgent(), await aMarkedAgent()];
      const before = await tablesHolding(kept.mark.all);
      const { number } = await requestErasure(gone.actor);
      await eraseAccount(gone.actor.agentId, number);
      expect(await tablesHolding(kept.mark.all)).toEqual(before);
      expect(await findSession(kept.actor.sessionId)).toMatchObject({ agentId: kept.actor.agentId });
    });
  });
});
