import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { sendJob } from "@/lib/jobs/mutations";
import { keepProcessFor } from "@/lib/process/running-work";
import { resetDocument } from "./mutations";
import { getDocument } from "./queries";
import { readFile } from "./read-file";
import type { DocumentSummary } from "./schema";

/** Has a document whose reading failed read again; does nothing to another. */
export async function readAgain(actor: Actor, id: string): Promise<DocumentSummary> {
  const fileId = await resetDocument(actor, id, "retry");
  if (fileId) await sendJob("read-file", { ownerId: actor.agentId, fileId }, fileId);
  return getDocument(actor, id);
}

/**
 * Reads a document that asked for a password. At once and in this process: a job would write the password down. Resolves
 * when it is read, or refused again.
 */
export async function readWithPassword(actor: Actor, id: string, password: string): Promise<DocumentSummary> {
  const fileId = await resetDocument(actor, id, "password");
  if (fileId) {
    const forever = new AbortController().signal;
    await keepProcessFor(readFile({ ownerId: actor.agentId, fileId }, forever, password));
  }
  return getDocument(actor, id);
}
