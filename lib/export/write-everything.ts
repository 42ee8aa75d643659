import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isLetThrough } from "@/lib/documents/rules";
import { parisDay } from "@/lib/i18n/paris-day";
import { listAllProjects } from "@/lib/projects/queries";
import { fileStorage } from "@/lib/providers/file-storage";
import { listAllPrompts } from "@/lib/saved-prompts/queries";
import { listShares } from "@/lib/sharing/queries";
import { ARCHIVE_FORMAT, type ArchivedDocument, type ArchiveIndex } from "./archive-schema";
import type { ArchiveWriter } from "./archive-writer";
import type { Progress } from "./progress";
import { findConversation, getAccount, getBranch, listAllConversations, listAllDocuments } from "./queries";
import { fileNameFor } from "./rules";
import { words } from "./words";
import { toJson, writeBranch } from "./write-conversations";

/**
 * All that an agent has here: one conversation at a time, one file at a time. What is deleted while this lasts is left out, or
 * said to be missing; it never fails the whole.
 */
export async function addEverything(actor: Actor, archive: ArchiveWriter, progress: Progress): Promise<void> {
  const [kept, documents, projects, prompts, shares, { account, settings, analysis }] = await Promise.all([
    listAllConversations(actor),
    listAllDocuments(actor),
    listAllProjects(actor),
    listAllPrompts(actor),
    listShares(actor),
    getAccount(actor),
  ]);
  const total = kept.length + documents.length + 1;
  let done = 0;
  await progress(done, total);
  await archive.add("LISEZ-MOI.txt", words("readMe"));

  const conversations: ArchiveIndex["conversations"] = [];
  for (const { id, title } of kept) {
    const path = await addConversation(actor, archive, id);
    if (path !== null) conversations.push({ id, title, path });
    await progress(++done, total);
  }
  const archived: ArchivedDocument[] = [];
  for (const document of documents) {
    archived.push(await addDocument(archive, document));
    await progress(++done, total);
  }
  const index: Record<keyof ArchiveIndex, unknown> = {
    format: ARCHIVE_FORMAT,
    exportedAt: new Date().toISOString(),
    account,
    settings,
    consents: [{ about: "analysis", ...analysis }],
    conversations,
    documents: archived,
    projects,
    prompts,
    shares,
  };
  await archive.add("donnees.json", `${JSON.stringify(index, null, 2)}\n`);
}

/** To be read by people, then by a program. Null when it was deleted meanwhile. */
async function addConversation(actor: Actor, archive: ArchiveWriter, id: string): Promise<string | null> {
  const conversation = await findConversation(actor, id);
  if (!conversation) return null;
  const name = `conversations/${parisDay(new Date(conversation.createdAt))} ${fileNameFor(conversation.title, "json").slice(0, -5)} ${id.slice(-8)}`;
  // One that cannot be set out is in the other file all the same.
  const readable = await getBranch(actor, id)
    .then((branch) => writeBranch(branch, "markdown"))
    .catch(() => null);
  if (readable) await archive.add(`${name}.md`, readable);
  const path = `${name}.json`;
  await archive.add(path, toJson(conversation));
  return path;
}

type Kept = Awaited<ReturnType<typeof listAllDocuments>>[number];

async function addDocument(archive: ArchiveWriter, document: Kept): Promise<ArchivedDocument> {
  const { id, name, createdAt, deletedAt, fileId, state, failureCode, sizeBytes, sha256 } = document;
  const said = { id, name, createdAt: createdAt.toISOString(), sizeBytes, sha256 };
  // What the antivirus refused is given to nobody, not even back.
  if (deletedAt !== null || fileId === null || state === null || !isLetThrough({ state, failureCode }))
    return { ...said, path: null };
  const path = `documents/${id.slice(-8)} ${safeName(name)}`;
  const bytes = await fileStorage()
    .open(fileId)
    .catch(() => null);
  if (!bytes) return { ...said, path: null };
  return { ...said, path: (await archive.addStream(path, async () => bytes)) ? path : null };
}

/** Names are clean already; those that Windows refuses are not. */
const safeName = (name: string): string => name.replace(/[<>:"/\\|?*]/g, "_").replace(/^\.+|[. ]+$/g, "_");
