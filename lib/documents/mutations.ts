import "server-only";
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { documents, filePages, files, passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import type { Extraction, Page, TextRun } from "@/lib/extraction/extraction";
import { lockDocuments, requireAccount } from "@/lib/library/mutations";
import type { StoredBytes } from "@/lib/providers/file-storage";
import { wholeLife } from "@/lib/temporary/queries";
import { type PageLayout, toLayout, withPlaces } from "./page-layout";
import { lexemesOf, type TextPage, toPassages, toVector } from "./passages";
import { measureDocuments } from "./queries";
import { asksForPassword, canRetry, MEGABYTE, toSize } from "./rules";
import type { DocumentLimits, FileFailure } from "./schema";

/** Few enough that the embedded database, which lives in this process, never holds it for long. */
const PAGES_AT_ONCE = 5;
const PASSAGES_AT_ONCE = 50;

export type NewFile = StoredBytes & { id: string; extension: string };

/** Refuses what would exceed the limits, before a byte of it is received: `sizeBytes` is what its sender announces. */
export async function requireRoom(actor: Actor, sizeBytes: number, limits: DocumentLimits): Promise<void> {
  if (sizeBytes > limits.fileBytesMax) throw tooLarge(limits);
  await asMember(actor.agentId, (tx) => requireRoomFor(tx, actor, sizeBytes, limits));
}

export const tooLarge = ({ fileBytesMax }: DocumentLimits) =>
  new AppError("document_too_large", { details: sizeMax(fileBytesMax) });

async function requireRoomFor(tx: Transaction, actor: Actor, sizeBytes: number, limits: DocumentLimits): Promise<void> {
  const { count, bytes } = await measureDocuments(tx, actor.agentId);
  const { perAgentMax, agentBytesMax } = limits;
  if (count >= perAgentMax) throw new AppError("documents_too_many", { details: { max: perAgentMax } });
  if (bytes + sizeBytes > agentBytesMax)
    throw new AppError("documents_too_many_bytes", { details: sizeMax(agentBytesMax) });
}

/** What the sentence of a refusal is completed with. Limits are set in megabytes. */
function sizeMax(bytes: number): { max: number; inGigabytes: number } {
  const { size, unit } = toSize(bytes);
  return unit === "gigabytes" ? { max: size, inGigabytes: 1 } : { max: bytes / MEGABYTE, inGigabytes: 0 };
}

/**
 * Makes a document of bytes that were received; one that was received before stays as it is. Bytes that the agent already sent are
 * the file they were: `isNewFile` is then false, and those just stored are not needed.
 */
export async function addDocument(
  actor: Actor,
  { id, name, isTemporary = false }: { id: string; name: string; isTemporary?: boolean | undefined },
  file: NewFile,
  limits: DocumentLimits,
): Promise<{ fileId: string; isNewFile: boolean }> {
  const ownerId = actor.agentId;
  return asMember(ownerId, async (tx) => {
    // Several files arrive at once: their sizes add up one after the other.
    await lockDocuments(tx, ownerId);
    await requireAccount(tx, ownerId);
    const [received] = await tx
      .select({ fileId: documents.fileId })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), eq(documents.id, id)));
    if (received) return { fileId: requireKept(received.fileId), isNewFile: false };
    const [known] = await tx
      .select({ id: files.id, failureCode: files.failureCode })
      .from(files)
      .where(and(eq(files.ownerId, ownerId), eq(files.sha256, file.sha256), eq(files.extension, file.extension)));
    await requireRoomFor(tx, actor, known ? 0 : file.sizeBytes, limits);
    const fileId = known?.id ?? file.id;
    if (!known) await tx.insert(files).values({ ...file, ownerId });
    else if (canRetry(known.failureCode)) await resetFile(tx, ownerId, fileId);
    const added = await tx
      .insert(documents)
      .values({ id, ownerId, fileId, name, expiresAt: isTemporary ? wholeLife : null })
      .onConflictDoNothing()
      .returning({ id: documents.id });
    // An identifier that is someone else's is nobody's business here.
    if (added.length === 0) throw new AppError("document_not_found");
    return { fileId, isNewFile: !known };
  });
}

/** Throws `document_not_found` for a document that was removed. */
function requireKept(fileId: string | null): string {
  if (!fileId) throw new AppError("document_not_found");
  return fileId;
}

/** Makes a document that was not read wait to be read again. Gives its file; null when there is nothing of the kind to try. */
export async function resetDocument(
  actor: Actor,
  documentId: string,
  why: "retry" | "password",
): Promise<string | null> {
  return asMember(actor.agentId, async (tx) => {
    const [found] = await tx
      .select({ fileId: files.id, failureCode: files.failureCode })
      .from(documents)
      .innerJoin(files, eq(files.id, documents.fileId))
      .where(and(eq(documents.ownerId, actor.agentId), eq(documents.id, documentId), isNull(documents.deletedAt)));
    if (!found) throw new AppError("document_not_found");
    const isWorthIt = why === "password" ? asksForPassword(found.failureCode) : canRetry(found.failureCode);
    if (!isWorthIt) return null;
    await resetFile(tx, actor.agentId, found.fileId);
    return found.fileId;
  });
}

async function resetFile(tx: Transaction, ownerId: string, fileId: string): Promise<void> {
  await tx
    .update(files)
    .set({ state: "received", failureCode: null })
    .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId), inArray(files.state, ["refused", "failed"])));
}

/** The antivirus let it through. */
export const markChecked = (ownerId: string, fileId: string): Promise<void> =>
  asMember(ownerId, async (tx) => {
    await tx
      .update(files)
      .set({ state: "checked" })
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId), eq(files.state, "received")));
  });

/**
 * Nothing has been read of it yet. One that asks for its password may be being read with one all the same: a job that does not have
 * it says so of it meanwhile, which must not keep what was read from being stored.
 */
const isUnread = or(
  inArray(files.state, ["received", "checked"]),
  and(eq(files.state, "refused"), inArray(files.failureCode, ["password_needed", "password_wrong"])),
);

/** Nothing is read of it: `refused` for what it is, `failed` for what happened. */
export const markUnread = (
  ownerId: string,
  fileId: string,
  state: "refused" | "failed",
  failureCode: FileFailure,
): Promise<void> =>
  asMember(ownerId, async (tx) => {
    await tx
      .update(files)
      .set({ state, failureCode })
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId), isUnread));
  });

/** Stores all that was read in a file, or nothing when it was deleted meanwhile, or read by another process. */
export async function savePages(ownerId: string, fileId: string, extraction: Extraction): Promise<void> {
  const { type, pages, language, outline, warnings } = extraction;
  const pagesToRecognise = pages.filter((page) => page.needsRecognition).length;
  await asMember(ownerId, async (tx) => {
    const read = await tx
      .update(files)
      .set({
        type,
        language,
        outline,
        warnings,
        pages: pages.length,
        pagesToRecognise,
        characters: pages.reduce((sum, { text }) => sum + text.length, 0),
        state: pagesToRecognise > 0 ? "read" : "ready",
        failureCode: null,
        readAt: sql`now()`,
      })
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId), isUnread))
      .returning({ id: files.id });
    if (read.length === 0) return;
    await tx.delete(filePages).where(and(eq(filePages.ownerId, ownerId), eq(filePages.fileId, fileId)));
    const rows = pages.map((page, index) => toRow(ownerId, fileId, page, index + 1));
    for (let at = 0; at < rows.length; at += PAGES_AT_ONCE)
      await tx.insert(filePages).values(rows.slice(at, at + PAGES_AT_ONCE));
    await addPassages(tx, ownerId, fileId, rows);
  });
}

/** Makes pages that have no passage yet searchable. */
async function addPassages(tx: Transaction, ownerId: string, fileId: string, pages: readonly TextPage[]) {
  const rows = toPassages(pages).map((passage) => {
    const lexemes = lexemesOf(passage);
    return { ...passage, fileId, ownerId, lexemes: toVector(lexemes), words: lexemes.length };
  });
  for (let at = 0; at < rows.length; at += PASSAGES_AT_ONCE)
    await tx.insert(passages).values(rows.slice(at, at + PASSAGES_AT_ONCE));
}

function toRow(ownerId: string, fileId: string, page: Page, number: number) {
  const { kind, label, text, cells, needsRecognition = false } = page;
  return { ownerId, fileId, number, kind, label, text, layout: toLayout(page), cells, needsRecognition };
}

/**
 * Stores what was recognised on a page, unless another process has; null when nothing could be. False when the file was deleted
 * meanwhile.
 */
export async function saveRecognised(
  ownerId: string,
  fileId: string,
  number: number,
  recognised: { text: string; places: TextRun[] } | null,
): Promise<boolean> {
  const text = recognised?.text ?? null;
  return asMember(ownerId, async (tx) => {
    const page = and(eq(filePages.ownerId, ownerId), eq(filePages.fileId, fileId), eq(filePages.number, number));
    const saved = await tx
      .update(filePages)
      .set({ needsRecognition: false, isRecognised: recognised !== null, ...(recognised && { text: recognised.text }) })
      .where(and(page, eq(filePages.needsRecognition, true)))
      .returning({
        number: filePages.number,
        label: filePages.label,
        layout: sql<PageLayout | null>`${filePages.layout}`,
      });
    if (saved.length === 0)
      return (await tx.select({ number: filePages.number }).from(filePages).where(page)).length > 0;
    if (recognised && saved[0]?.layout)
      await tx
        .update(filePages)
        .set({ layout: withPlaces(saved[0].layout, recognised.places) })
        .where(page);
    if (text !== null) {
      const ofPage = and(eq(passages.ownerId, ownerId), eq(passages.fileId, fileId), eq(passages.page, number));
      await tx.delete(passages).where(ofPage);
      await addPassages(tx, ownerId, fileId, [{ number, label: saved[0]?.label ?? null, text }]);
    }
    await tx
      .update(files)
      .set({
        pagesRecognised: sql`${files.pagesRecognised} + 1`,
        characters: sql`${files.characters} + ${text?.length ?? 0}`,
      })
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId)));
    return true;
  });
}

/** Nothing is left to be recognised, or nothing more will be. */
export const markReady = (ownerId: string, fileId: string): Promise<void> =>
  asMember(ownerId, async (tx) => {
    await tx
      .update(files)
      .set({ state: "ready" })
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId), eq(files.state, "read")));
  });
