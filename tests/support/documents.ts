import { Readable } from "node:stream";
import type { Actor } from "@/lib/auth/actor";
import { listDocuments } from "@/lib/documents/queries";
import { receiveDocument } from "@/lib/documents/receive-document";
import { isSettled } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import { newId } from "@/lib/id";

/** Sends a file as a browser does; `isTemporary`: from a temporary conversation. */
export function send(
  actor: Actor,
  name: string,
  content: string | Uint8Array,
  id = newId(),
  isTemporary = false,
): Promise<DocumentSummary> {
  const bytes = Buffer.from(content);
  return receiveDocument(actor, {
    id,
    name,
    isTemporary,
    sizeBytes: bytes.length,
    bytes: Readable.from(bytes.length > 0 ? [bytes] : []),
  });
}

/** Resolves when nothing more happens to the document by itself. */
export async function settled(actor: Actor, { id }: { id: string }): Promise<DocumentSummary> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const [found] = await listDocuments(actor, [id]);
    if (!found) throw new Error("the document is gone");
    if (isSettled(found.state)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the document is still being read: ${JSON.stringify(await listDocuments(actor, [id]))}`);
}
