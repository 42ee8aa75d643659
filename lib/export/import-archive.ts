import "server-only";
import { v5 } from "uuid";
import { type Actor, findActorOfJob } from "@/lib/auth/actor";
import { messageParts } from "@/lib/conversations/schema";
import { receiveDocument } from "@/lib/documents/receive-document";
import { cleanName } from "@/lib/documents/rules";
import { type ErrorCode, toErrorCode } from "@/lib/errors/app-error";
import { restoreSettings } from "@/lib/preferences/mutations";
import { exportedSettings } from "@/lib/preferences/schema";
import { addImportedProject } from "@/lib/projects/mutations";
import { PROJECT_DOCUMENTS_MAX, PROJECT_TITLE_CHARACTERS_MAX } from "@/lib/projects/rules";
import { exportedProject } from "@/lib/projects/schema";
import { fileStorage } from "@/lib/providers/file-storage";
import { addImportedPrompt } from "@/lib/saved-prompts/mutations";
import { exportedPrompt } from "@/lib/saved-prompts/schema";
import { reportFailure } from "@/lib/telemetry/report";
import { archiveBytesMax } from "./archive-limits";
import type { ArchivedDocument, ExportedConversation } from "./archive-schema";
import type { TransferJob } from "./make-export";
import {
  addImportedConversation,
  failTransfer,
  finishTransfer,
  type ImportedConversation,
  keepDocumentName,
} from "./mutations";
import { GivenUpError, type Progress, tellProgress } from "./progress";
import { findTransferToDo, listDocumentStates } from "./queries";
import { type OpenedArchive, withArchive } from "./read-archive";
import { type ImportReport, SKIPPED_NAMED_MAX, type SkipReason } from "./schema";

/** The job: all is looked at before anything is added. Done again from its beginning, it adds what is missing only. */
export async function importArchive({ ownerId, transferId }: TransferJob, signal: AbortSignal): Promise<void> {
  const [actor, found] = await Promise.all([findActorOfJob(ownerId), findTransferToDo(ownerId, transferId)]);
  const storage = fileStorage();
  if (!actor || !found) return storage.remove(transferId);
  const progress = tellProgress(ownerId, transferId, signal);
  try {
    const report = await storage.withLocalPath(transferId, async (path) => {
      await withArchive(path, archiveBytesMax(), checkWhole);
      // Opened again: what was inflated to be checked no longer counts.
      return withArchive(path, archiveBytesMax(), (archive) => addAll(actor, archive, progress));
    });
    await finishTransfer(ownerId, transferId, { report });
  } catch (error) {
    if (!(error instanceof GivenUpError)) {
      reportFailure(error, { operation: "archive.import" });
      await failTransfer(ownerId, transferId, failureOf(error));
    }
  }
  // The report stays; nobody takes the archive back from here.
  await storage.remove(transferId).catch((error: unknown) => reportFailure(error, { operation: "archive.remove" }));
}

const failureOf = (error: unknown): ErrorCode => {
  const code = toErrorCode(error);
  return code === "unexpected" ? "archive_damaged" : code;
};

async function checkWhole(archive: OpenedArchive): Promise<void> {
  for (const { path } of archive.index.conversations) await archive.readConversation(path);
  for (const { path } of archive.index.documents) {
    if (path === null || !archive.hasDocument(path)) continue;
    for await (const _ of archive.openDocument(path)); // to its end: it may be damaged, or never end
  }
}

/** The same for the same agent and the same original, whoever made the archive: never someone else's identifier. */
const ownId = (actor: Actor, original: string): string => v5(original, actor.agentId);

async function addAll(actor: Actor, archive: OpenedArchive, progress: Progress): Promise<ImportReport> {
  const { conversations, documents, projects, prompts, settings } = archive.index;
  const total = conversations.length + documents.length + projects.length + prompts.length;
  const report = createReport();
  const documentIds = new Map<string, string>();
  let done = 0;
  for (const document of documents) {
    documentIds.set(document.id, await addDocument(actor, archive, document, report));
    await progress(++done, total);
  }
  const brought = new Set<string>();
  for (const { path } of conversations) {
    const conversation = await archive.readConversation(path);
    const outcome = await addImportedConversation(actor, prepare(actor, conversation, documentIds));
    if (outcome === "added") {
      report.addConversation(conversation.messages.length);
      brought.add(conversation.id);
    } else report.skip("conversation", conversation.title, outcome);
    await progress(++done, total);
  }
  for (const project of projects) {
    await addProject(actor, project, { documents, documentIds, brought, report });
    await progress(++done, total);
  }
  for (const prompt of prompts) {
    await addPrompt(actor, prompt, report);
    await progress(++done, total);
  }
  report.written.settings = await restoreSettings(actor, exportedSettings.parse(settings));
  return report.written;
}

type Brought = {
  documents: readonly ArchivedDocument[];
  documentIds: ReadonlyMap<string, string>;
  /** The conversations that were added, as the archive names them. */
  brought: ReadonlySet<string>;
  report: Report;
};

/** After what it holds. */
async function addProject(
  actor: Actor,
  said: unknown,
  { documents, documentIds, brought, report }: Brought,
): Promise<void> {
  const read = exportedProject.safeParse(said);
  if (!read.success) return report.skip("project", namedOf(said), "unreadable");
  const { id, documents: given, conversations: held, ...project } = read.data;
  const mine = (original: string) => ownId(actor, original);
  const outcome = await addImportedProject(actor, {
    ...project,
    id: mine(id),
    originalId: id,
    documentIds: given.slice(0, PROJECT_DOCUMENTS_MAX).map((original) => documentIds.get(original) ?? mine(original)),
    conversationIds: held.flatMap((original) => [mine(original), original]),
    broughtIds: held.filter((original) => brought.has(original)).map(mine),
  });
  if (outcome !== "added") return report.skip("project", project.title, outcome);
  report.addProject();
  for (const original of given.slice(PROJECT_DOCUMENTS_MAX))
    report.skip("document", documents.find((document) => document.id === original)?.name ?? "", "projectFull");
}

async function addPrompt(actor: Actor, said: unknown, report: Report): Promise<void> {
  const read = exportedPrompt.safeParse(said);
  if (!read.success) return report.skip("prompt", namedOf(said), "unreadable");
  const { id: originalId, ...prompt } = read.data;
  const outcome = await addImportedPrompt(actor, { ...prompt, id: ownId(actor, originalId), originalId });
  if (outcome !== "added") return report.skip("prompt", prompt.title, outcome);
  report.written.added.prompts += 1;
}

/** What someone would know it by, when it is of no shape we know. */
function namedOf(said: unknown): string {
  const title = said && typeof said === "object" && "title" in said ? said.title : null;
  return typeof title === "string" ? title.slice(0, PROJECT_TITLE_CHARACTERS_MAX) : "";
}

/** Gives the identifier that the document has here. */
async function addDocument(
  actor: Actor,
  archive: OpenedArchive,
  { id: original, name: typed, path }: ArchivedDocument,
  report: Report,
): Promise<string> {
  const id = ownId(actor, original);
  const name = cleanName(typed);
  const states = await listDocumentStates(actor, [original, id]);
  if (states.has(original)) {
    report.skip("document", name, states.get(original) ? "deleted" : "known");
    return original;
  }
  if (states.has(id)) {
    report.skip("document", name, states.get(id) ? "deleted" : "known");
    return id;
  }
  const refused =
    path !== null && archive.hasDocument(path) ? await receive(actor, archive, { id, name, path }) : "missing";
  if (refused === null) report.addDocument();
  else {
    // What was attached keeps its name, as after a deletion.
    await keepDocumentName(actor, { id, name });
    report.skip("document", name, refused);
  }
  return id;
}

/** Through the same intake as any file: quota, antivirus, reading. Null when it was taken in. */
async function receive(
  actor: Actor,
  archive: OpenedArchive,
  { id, name, path }: { id: string; name: string; path: string },
): Promise<SkipReason | null> {
  try {
    await receiveDocument(actor, { id, name, sizeBytes: 0, bytes: archive.openDocument(path) });
    return null;
  } catch (error) {
    const code = toErrorCode(error);
    if (code === "document_too_large") return "tooLarge";
    if (code === "documents_too_many" || code === "documents_too_many_bytes") return "tooMany";
    if (code === "document_not_found") return "identifiersTaken";
    if (code === "file_storage_unavailable" || code === "unexpected") throw error;
    return "notStored";
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** With identifiers of its own, so that nothing of an archive ever names what is someone else's. */
function prepare(
  actor: Actor,
  { messages, ...conversation }: ExportedConversation,
  documentIds: ReadonlyMap<string, string>,
): ImportedConversation {
  const mine = (id: string) => ownId(actor, id);
  const documentOf = (id: string) => documentIds.get(id) ?? mine(id);
  return {
    ...conversation,
    originalId: conversation.id,
    id: mine(conversation.id),
    shownLeafId: conversation.shownLeafId && mine(conversation.shownLeafId),
    messages: messages.map(({ documents, parts, ...message }) => ({
      ...message,
      id: mine(message.id),
      parentId: message.parentId && mine(message.parentId),
      // Sources and calls of tools name documents, wherever they do.
      parts: messageParts.parse(
        JSON.parse(JSON.stringify(parts).replace(UUID, (id) => documentIds.get(id.toLowerCase()) ?? id)),
      ),
      documentIds: [...new Set(documents.map(({ id }) => documentOf(id)))],
    })),
  };
}

type Report = ReturnType<typeof createReport>;

function createReport() {
  const written: ImportReport = {
    added: { conversations: 0, messages: 0, documents: 0, projects: 0, prompts: 0 },
    skipped: [],
    skippedCount: 0,
    settings: [],
  };
  return {
    written,
    addConversation(messages: number) {
      written.added.conversations += 1;
      written.added.messages += messages;
    },
    addDocument() {
      written.added.documents += 1;
    },
    addProject() {
      written.added.projects += 1;
    },
    skip(what: ImportReport["skipped"][number]["what"], name: string, reason: SkipReason) {
      written.skippedCount += 1;
      if (written.skipped.length < SKIPPED_NAMED_MAX) written.skipped.push({ what, name, reason });
    },
  };
}
