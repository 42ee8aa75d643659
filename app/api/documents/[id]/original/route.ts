import { Readable } from "node:stream";
import { requireActor } from "@/lib/auth/actor";
import { getOriginal } from "@/lib/documents/queries";
import { documentId } from "@/lib/documents/schema";
import { AppError } from "@/lib/errors/app-error";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { fileStorage, isFileStorageFailure } from "@/lib/providers/file-storage";

type Context = { params: Promise<{ id: string }> };

/** The bytes as they were sent: to be kept, never to be shown by the browser in our name (`next.config.ts` has their policy). */
export const GET = route("document.original", async (_request, { params }: Context) => {
  const actor = await requireActor();
  const { fileId, name, sizeBytes } = await getOriginal(
    actor,
    parseInput(documentId, (await params).id, "document_not_found"),
  );
  const opened = await fileStorage()
    .open(fileId)
    .catch((cause: unknown) => {
      throw isFileStorageFailure(cause) ? new AppError("file_storage_unavailable", { cause }) : cause;
    });
  const bytes = Readable.toWeb(opened) as ReadableStream<Uint8Array>;
  return new Response(bytes, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(sizeBytes),
      "content-disposition": `attachment; filename*=UTF-8''${encodeRfc5987(name)}`,
      "cache-control": "no-store",
    },
  });
});

const encodeRfc5987 = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
