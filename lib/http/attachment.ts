import "server-only";
import { Readable } from "node:stream";
import { AppError, type ErrorCode } from "@/lib/errors/app-error";
import { fileStorage, isFileMissing, isFileStorageFailure } from "@/lib/providers/file-storage";

type StoredFile = { fileId: string; name: string; sizeBytes: number; type?: string };

/**
 * Bytes of the file storage: to be kept, never to be shown by the browser in our name. Throws `missing` when they are kept no
 * more.
 */
export async function attachment(
  { fileId, name, sizeBytes, type = "application/octet-stream" }: StoredFile,
  missing: ErrorCode = "document_not_found",
): Promise<Response> {
  const opened = await fileStorage()
    .open(fileId)
    .catch((cause: unknown) => {
      if (isFileMissing(cause)) throw new AppError(missing, { cause });
      throw isFileStorageFailure(cause) ? new AppError("file_storage_unavailable", { cause }) : cause;
    });
  const bytes = Readable.toWeb(opened) as ReadableStream<Uint8Array>;
  return new Response(bytes, {
    headers: {
      "content-type": type,
      "content-length": String(sizeBytes),
      "content-disposition": contentDisposition(name),
      "cache-control": "no-store",
    },
  });
}

/** Old and new ways of saying the name of a file, for every browser and proxy. */
export function contentDisposition(fileName: string): string {
  const ascii = fileName
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
