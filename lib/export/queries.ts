import "server-only";
import { and, asc, count, desc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { documents, files } from "@/db/schema/documents";
import { feedback } from "@/db/schema/feedback";
import { transfers } from "@/db/schema/transfers";
import type { Actor } from "@/lib/auth/actor";
import { turnColumns } from "@/lib/branches/queries";
import { keptBy, listShownMessages, visibleTo } from "@/lib/conversations/queries";
import { plainText, titleFrom } from "@/lib/conversations/rules";
import { type ConversationPage, type MessagePart, messageParts } from "@/lib/conversations/schema";
import { listAttached, listAttachedFiles } from "@/lib/documents/queries";
import { AppError } from "@/lib/errors/app-error";
import type { ExportedConversation } from "./archive-schema";
import type { ExportedMessage } from "./compose";
import { type ExportedThing, importReport, type Transfer } from "./schema";

/** A conversation that is longer is exported from this many messages before its end. */
const MESSAGES_MAX = 20_000;
const TRANSFERS_SHOWN_MAX = 50;

export type ExportedBranch = { title: string; messages: ExportedMessage[] };

/** The branch that is shown, or one message of it. Throws `conversation_not_found` or `message_not_found`. */
export async function getBranch(actor: Actor, conversationId: string, messageId?: string): Promise<ExportedBranch> {
  const [title, shown, attached] = await Promise.all([
    getTitle(actor, conversationId),
    listShownMessages(actor, conversationId, MESSAGES_MAX),
    listAttachedFiles(actor, conversationId),
  ]);
  const kept = messageId === undefined ? shown : shown.filter(({ id }) => id === messageId);
  if (messageId !== undefined && kept.length === 0) throw new AppError("message_not_found");
  const said = kept.map(({ id, author, parts, createdAt, turn }) => {
    // What was thought and searched is not exported in documents: most of what a message weighs.
    return { author, createdAt, turn, parts: parts.filter(({ type }) => type === "text"), documents: attached[id] };
  });
  return { title: title || titleOfFirst(shown), messages: said };
}

/** A temporary conversation has no title: its file is named after its first question. */
const titleOfFirst = (shown: readonly { parts: MessagePart[] }[]): string =>
  titleFrom(plainText(shown[0]?.parts ?? []));

async function getTitle(actor: Actor, conversationId: string): Promise<string> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ title: conversations.title })
      .from(conversations)
      .where(and(visibleTo(actor), eq(conversations.id, conversationId))),
  );
  if (!found) throw new AppError("conversation_not_found");
  return found.title;
}

/** The messages that an export is about, whatever their branch: what tells a small one from a large one. */
export async function countMessages(actor: Actor, what: ExportedThing): Promise<number> {
  if (what.kind === "message") return 1;
  const ids = what.kind === "selection" ? what.conversationIds : [what.conversationId];
  const [counted] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ n: count() })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(and(visibleTo(actor), inArray(conversations.id, ids), eq(messages.ownerId, actor.agentId))),
  );
  return counted?.n ?? 0;
}

type WholeOptions = { isShownBranchOnly?: boolean; messageId?: string | undefined };

/** A conversation as it is stored: all its branches, or the one that is shown. Null when it was deleted meanwhile. */
export async function findConversation(
  actor: Actor,
  id: string,
  { isShownBranchOnly = false, messageId }: WholeOptions = {},
): Promise<ExportedConversation | null> {
  return asMember(actor.agentId, async (tx) => {
    const [found] = await tx
      .select()
      .from(conversations)
      .where(and(visibleTo(actor), eq(conversations.id, id)));
    if (!found) return null;
    const [rows, attached] = await Promise.all([selectMessages(tx, actor, id), listAttached(tx, actor, id)]);
    const kept = isShownBranchOnly ? branchTo(rows, messageId ?? found.shownLeafId) : rows;
    return {
      id,
      title: found.title || titleFrom(rows[0]?.text ?? ""),
      titleSource: found.titleSource,
      webMode: found.webMode,
      createdAt: found.createdAt.toISOString(),
      usedAt: found.usedAt.toISOString(),
      pinnedAt: found.pinnedAt?.toISOString() ?? null,
      archivedAt: found.archivedAt?.toISOString() ?? null,
      shownLeafId: found.shownLeafId,
      messages: (messageId === undefined ? kept : kept.filter((row) => row.id === messageId)).map((row) => ({
        id: row.id,
        parentId: row.parentId,
        author: row.author,
        createdAt: row.createdAt.toISOString(),
        text: row.text,
        parts: toRecords(messageParts.parse(row.parts)),
        documents: attached
          .filter((document) => document.messageId === row.id)
          .map(({ id: documentId, name }) => ({ id: documentId, name })),
        turn: row.turn && toExportedTurn(row.turn),
        opinion: row.opinion && { ...row.opinion, reasons: toStrings(row.opinion.reasons) },
      })),
    };
  });
}

const toRecords = (parts: MessagePart[]): Record<string, unknown>[] => parts.map((part) => ({ ...part }));
const toStrings = (reasons: unknown): string[] => (Array.isArray(reasons) ? reasons.map(String) : []);

const selectMessages = (tx: Transaction, actor: Actor, conversationId: string) =>
  tx
    .select({
      id: messages.id,
      parentId: messages.parentId,
      author: messages.author,
      parts: messages.parts,
      text: messages.text,
      createdAt: messages.createdAt,
      turn: { ...turnColumns, modelId: turns.modelId, webMode: turns.webMode },
      opinion: { rating: feedback.rating, reasons: feedback.reasons, comment: feedback.comment },
    })
    .from(messages)
    .leftJoin(turns, eq(turns.answerId, messages.id))
    .leftJoin(feedback, eq(feedback.answerId, messages.id))
    .where(and(eq(messages.ownerId, actor.agentId), eq(messages.conversationId, conversationId)))
    .orderBy(asc(messages.createdAt), asc(messages.id))
    .limit(MESSAGES_MAX);

type Row = Awaited<ReturnType<typeof selectMessages>>[number];

const toExportedTurn = ({ id: _, startedAt, firstTokenAt, endedAt, ...turn }: NonNullable<Row["turn"]>) => ({
  ...turn,
  startedAt: startedAt.toISOString(),
  firstTokenAt: firstTokenAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
});

function branchTo(rows: readonly Row[], leafId: string | null): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const branch: Row[] = [];
  for (let row = byId.get(leafId ?? ""); row; row = byId.get(row.parentId ?? "")) branch.unshift(row);
  return branch;
}

/** All that the actor keeps, the oldest first. */
export async function listAllConversations(
  actor: Actor,
): Promise<Pick<ConversationPage["conversations"][0], "id" | "title">[]> {
  return asMember(actor.agentId, (tx) =>
    tx
      .select({ id: conversations.id, title: conversations.title })
      .from(conversations)
      .where(keptBy(actor))
      .orderBy(asc(conversations.createdAt), asc(conversations.id)),
  );
}

/** The documents that the actor keeps, and those of which a conversation still says the name. */
export function listAllDocuments(actor: Actor) {
  return asMember(actor.agentId, (tx) =>
    tx
      .select({
        id: documents.id,
        name: documents.name,
        createdAt: documents.createdAt,
        deletedAt: documents.deletedAt,
        fileId: files.id,
        state: files.state,
        failureCode: files.failureCode,
        sizeBytes: files.sizeBytes,
        sha256: files.sha256,
      })
      .from(documents)
      .leftJoin(files, eq(files.id, documents.fileId))
      .where(and(eq(documents.ownerId, actor.agentId), isNull(documents.expiresAt)))
      .orderBy(asc(documents.createdAt), asc(documents.id)),
  );
}

/** Those of `ids` that are the actor's, and whether each was deleted. */
export async function listDocumentStates(actor: Actor, ids: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      .select({ id: documents.id, deletedAt: documents.deletedAt })
      .from(documents)
      .where(and(eq(documents.ownerId, actor.agentId), inArray(documents.id, [...ids]))),
  );
  return new Map(rows.map(({ id, deletedAt }) => [id, deletedAt !== null]));
}

/** What is known of the actor, and what they chose. */
export async function getAccount(actor: Actor) {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        account: {
          email: agents.email,
          givenName: agents.givenName,
          usualName: agents.usualName,
          siret: agents.siret,
          organizationLabel: agents.organizationLabel,
          role: agents.role,
          createdAt: agents.createdAt,
          signedInAt: agents.signedInAt,
        },
        settings: {
          theme: agents.theme,
          instructions: agents.instructions,
          modelId: agents.modelId,
          shortcutsEnabled: agents.shortcutsEnabled,
          searchesAlone: agents.searchesAlone,
          confirmsSearches: agents.confirmsSearches,
        },
        analysis: { isAllowed: agents.analysisAllowed, decidedAt: agents.analysisDecidedAt },
      })
      .from(agents)
      .where(eq(agents.id, actor.agentId)),
  );
  if (!found) throw new AppError("not_signed_in");
  return found;
}

const isKept = sql`${transfers.expiresAt} > now()`;
const own = (actor: Actor, id?: string): SQL | undefined =>
  and(eq(transfers.ownerId, actor.agentId), id === undefined ? undefined : eq(transfers.id, id), isKept);

/** What the actor is taking away or bringing back, the most recent first. */
export async function listTransfers(actor: Actor): Promise<Transfer[]> {
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      .select()
      .from(transfers)
      .where(own(actor))
      .orderBy(desc(transfers.createdAt), desc(transfers.id))
      .limit(TRANSFERS_SHOWN_MAX),
  );
  return rows.map(({ ownerId: _, request: __, endedAt: ___, format, failureCode, report, ...row }) => ({
    ...row,
    format: format as Transfer["format"],
    failureCode: failureCode as Transfer["failureCode"],
    report: report === null ? null : importReport.parse(report),
  }));
}

/** A file that is ready. Throws `export_not_found`. */
export async function getReadyFile(actor: Actor, id: string): Promise<{ fileName: string; sizeBytes: number }> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ fileName: transfers.fileName, sizeBytes: transfers.sizeBytes, kind: transfers.kind })
      .from(transfers)
      .where(and(own(actor, id), eq(transfers.state, "done"))),
  );
  if (!found?.fileName || found.sizeBytes === null || found.kind === "import") throw new AppError("export_not_found");
  return { fileName: found.fileName, sizeBytes: found.sizeBytes };
}

/** For the job that makes it; null when it was deleted, or is over. */
export async function findTransferToDo(ownerId: string, id: string) {
  const [found] = await asMember(ownerId, (tx) =>
    tx
      .select({ kind: transfers.kind, format: transfers.format, request: transfers.request })
      .from(transfers)
      .where(
        and(
          eq(transfers.ownerId, ownerId),
          eq(transfers.id, id),
          inArray(transfers.state, ["waiting", "running"]),
          gt(transfers.expiresAt, new Date()),
        ),
      ),
  );
  return found ?? null;
}
