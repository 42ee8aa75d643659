import "server-only";
import type { S3mini } from "s3mini";
import { z } from "zod";
import { isKey } from "./file-storage.copies.ts";

/** No file takes so long to be received: whatever was receiving it is gone. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

const upload = z.object({ Key: z.string(), UploadId: z.string(), Initiated: z.coerce.date() });
const listed = z.object({
  ListMultipartUploadsResult: z.object({
    Upload: z.union([upload.transform((only) => [only]), z.array(upload)]).default([]),
  }),
});

/** Ends the uploads that a process was making when it died: their parts take room that no one sees. */
export async function sweepUploads(s3: S3mini, now = Date.now()): Promise<void> {
  const answer = listed.parse(await s3.listMultipartUploads());
  for (const { Key, UploadId, Initiated } of answer.ListMultipartUploadsResult.Upload) {
    if (now - Initiated.getTime() < ABANDONED_AFTER_MS || !isKey(Key)) continue;
    await s3.abortMultipartUpload(Key, UploadId);
  }
}
