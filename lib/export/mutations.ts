import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { asMember, holdName, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { documents, messageDocuments } from "@/db/schema/documents";
import { feedback } from "@/db/schema/feedback";
import { transfers } from "@/db/schema/transfers";
import type { Actor } from "@/lib/auth/actor";
import { hasRoomForPin } from "@/lib/conversations/mutations";
import { plainText, TITLE_CHARACTERS_MAX } from "@/lib/conversations/rules";
import type { MessagePart } from "@/lib/conversations/schema";
import { AppError, type ErrorCode } from "@/lib/errors/app-error";
import { FEEDBACK_REASONS } from "@/lib/feedback/rules";
import { newId } from "@/lib/id";
import type { ExportedConversation } from "./archive-schema";
import { KEPT_HOURS, UNFINISHED_MAX } from "./rules";
import type { ExportedThing, ExportFormat, ImportReport, TransferKind } from "./schema";

type NewTransfer = { id: string; kind: TransferKind; format?: ExportFormat; request?: ExportedThing };

const later = sql`now() + make_interval(hours => ${KEPT_HOURS})`;
const unfinished = inArray(transfers.state, ["waiting", "running"]);

/** Throws `exports_too_many` when the actor has others that are not finished. */
export async function addTransfer(actor: Actor, { id, kind, format, request }: NewTransfer): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    // Several may be asked for at once.
    await holdName(tx, `transfers ${actor.agentId}`);
    await requireFew(tx, actor);
    await tx.insert(transfers).values({
      id,
      kind,
      ownerId: actor.agentId,
      format: format ?? null,
      request: request ?? null,
      expiresAt: later,
    });
  });
}

/** Throws `exports_too_many`, before a byte of another is received. */
export const requireFewTransfers = (actor: Actor): Promise<void> =>
  asMember(actor.agentId, (tx) => requireFew(tx, actor));

async function requireFew(tx: Transaction, actor: Actor): Promise<void> {
  const waiting = await tx.$count(
    transfers,
    and(eq(transfers.ownerId, actor.agentId), unfinished, sql`${transfers.expiresAt} > now()`),
  );
  if (waiting >= UNFINISHED_MAX) throw new AppError("exports_too_many", { details: { max: UNFINISHED_MAX } });
}

/** Nobody sees it any more; the sweep removes its bytes. Throws `export_not_found`. */
export async function deleteTransfer(actor: Actor, id: string): Promise<void> {
  const deleted = await asMember(actor.agentId, (tx) =>
    tx
      .update(transfers)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(and(eq(transfers.ownerId, actor.agentId), eq(transfers.id, id), sql`${transfers.expiresAt} > now()`))
      .returning({ id: transfers.id }),
  );
  if (deleted.length === 0) throw new AppError("export_not_found");
}

type Change = Partial<typeof transfers.$inferInsert>;

/** False when it was deleted meanwhile, or is over: whoever does it stops there. */
async function change(ownerId: string, id: string, values: Change): Promise<boolean> {
  const changed = await asMember(ownerId, (tx) =>
    tx
      .update(transfers)
      .set(values)
      .where(and(eq(transfers.ownerId, ownerId), eq(transfers.id, id), unfinished, sql`${transfers.expiresAt} > now()`))
      .returning({ id: transfers.id }),
  );
  return changed.length === 1;
}

export async function saveTransferProgress(ownerId: string, id: string, done: number, total: number): Promise<boolean> {
  return change(ownerId, id, { state: "running", done, total });
}

export async function finishTransfer(
  ownerId: string,
  id: string,
  result: { fileName: string; sizeBytes: number } | { report: ImportReport },
): Promise<boolean> {
  return change(ownerId, id, { ...result, state: "done", endedAt: new Date(), expiresAt: later as unknown as Date });
}

export async function failTransfer(ownerId: string, id: string, failureCode: ErrorCode): Promise<boolean> {
  return change(ownerId, id, { state: "failed", failureCode, endedAt: new Date() });
}

/** A conversation of an archive, with the identifiers it has here. */
export type ImportedConversation = Omit<ExportedConversation, "messages"> & {
  originalId: string;
  messages: (Omit<ExportedConversation["messages"][number], "parts" | "documents"> & {
    parts: MessagePart[];
    documentIds: string[];
  })[];
};

const ROWS_AT_ONCE = 200;

/** Adds a whole conversation or nothing; one that is here already, or was deleted a moment ago, stays as it is. */
export async function addImportedConversation(
  actor: Actor,
  conversation: ImportedConversation,
): Promise<"added" | "known" | "deleted" | "identifiersTaken"> {
  const ownerId = actor.agentId;
  const { id, originalId, messages: all, pinnedAt, archivedAt } = conversation;
  const added = asMember(ownerId, async (tx) => {
    const known = await tx
      .select({ deletedAt: conversations.deletedAt })
      .from(conversations)
      .where(and(eq(conversations.ownerId, ownerId), inArray(conversations.id, [id, originalId])));
    if (known.some(({ deletedAt }) => deletedAt === null)) return "known";
    if (known.length > 0) return "deleted";
    const opened = await tx
      .insert(conversations)
      .values({
        id,
        ownerId,
        title: [...conversation.title].slice(0, TITLE_CHARACTERS_MAX).join(""),
        titleSource: conversation.titleSource,
        webMode: conversation.webMode,
        shownLeafId: conversation.shownLeafId ?? all.at(-1)?.id ?? null,
        createdAt: past(conversation.createdAt),
        usedAt: past(conversation.usedAt),
        archivedAt: archivedAt === null ? null : past(archivedAt),
        pinnedAt: pinnedAt !== null && (await hasRoomForPin(tx, actor, id)) ? past(pinnedAt) : null,
      })
      .onConflictDoNothing()
      .returning({ id: conversations.id });
    if (opened.length === 0) return "identifiersTaken";
    const rows = parentsFirst(all);
    const owner = { conversationId: id, ownerId };
    for (const some of inParts(rows)) {
      const written = await tx
        .insert(messages)
        .values(
          some.map(({ id: messageId, parentId, author, parts, createdAt }) => {
            const text = plainText(parts);
            return { id: messageId, ...owner, parentId, author, parts, text, createdAt: past(createdAt) };
          }),
        )
        .onConflictDoNothing()
        .returning({ id: messages.id });
      // Another conversation has them, of this archive even: nothing of this one is kept.
      if (written.length < some.length) throw new IdentifiersTakenError();
    }
    for (const some of inParts(rows.flatMap((row) => turnOf(row, owner)))) await tx.insert(turns).values(some);
    for (const some of inParts(rows.flatMap((row) => opinionOf(row, owner)))) await tx.insert(feedback).values(some);
    const attached = rows.flatMap((row) =>
      row.documentIds.map((documentId, position) => ({ messageId: row.id, documentId, position, ...owner })),
    );
    const kept = await listDocumentIds(
      tx,
      actor,
      attached.map(({ documentId }) => documentId),
    );
    for (const some of inParts(attached.filter(({ documentId }) => kept.has(documentId))))
      await tx.insert(messageDocuments).values(some);
    return "added" as const;
  });
  return added.catch((error: unknown) => {
    if (error instanceof IdentifiersTakenError) return "identifiersTaken";
    throw error;
  });
}

class IdentifiersTakenError extends Error {}

type ImportedMessage = ImportedConversation["messages"][number];
type Owner = { conversationId: string; ownerId: string };

function turnOf({ id: answerId, parentId, author, turn, createdAt }: ImportedMessage, owner: Owner) {
  if (!turn || author !== "assistant" || parentId === null) return [];
  const { startedAt, firstTokenAt, endedAt, status, ...same } = turn;
  return [
    {
      ...same,
      ...owner,
      id: newId(),
      answerId,
      questionId: parentId,
      // Nobody writes it any more.
      status: status === "running" ? ("interrupted" as const) : status,
      startedAt: past(startedAt),
      firstTokenAt: firstTokenAt === null ? null : past(firstTokenAt),
      endedAt: past(endedAt ?? createdAt),
    },
  ];
}

function opinionOf({ id: answerId, author, opinion }: ImportedMessage, owner: Owner) {
  if (!opinion || author !== "assistant") return [];
  const reasons = FEEDBACK_REASONS.filter((reason) => opinion.reasons.includes(reason));
  return [{ ...owner, answerId, rating: opinion.rating, comment: opinion.comment, reasons }];
}

/** Nothing was written tomorrow. */
const past = (moment: string): Date => new Date(Math.min(Date.parse(moment), Date.now()));

/** A message is stored after the one it answers. */
function parentsFirst(all: readonly ImportedMessage[]): ImportedMessage[] {
  const children = new Map<string | null, ImportedMessage[]>();
  for (const message of all) children.set(message.parentId, [...(children.get(message.parentId) ?? []), message]);
  const ordered: ImportedMessage[] = [];
  for (
    let level = children.get(null) ?? [];
    level.length > 0;
    level = level.flatMap(({ id }) => children.get(id) ?? [])
  )
    ordered.push(...level);
  return ordered;
}

function* inParts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE);
}

async function listDocumentIds(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await tx
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.ownerId, actor.agentId), inArray(documents.id, [...new Set(ids)])));
  return new Set(found.map(({ id }) => id));
}

/** Of a document whose bytes are not here, conversations still say the name. */
export async function keepDocumentName(actor: Actor, { id, name }: { id: string; name: string }): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    await tx
      .insert(documents)
      .values({ id, name, ownerId: actor.agentId, fileId: null, deletedAt: new Date() })
      .onConflictDoNothing();
  });
}
