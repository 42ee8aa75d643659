import "server-only";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { S3mini, S3ServiceError, type UploadPart } from "s3mini";
import type { FileStorage } from "./file-storage";
import { createPassingFolder, requireKey } from "./file-storage.copies.ts";
import { FileMissingError, FileStorageError, FileTooLargeError, type StorageFault } from "./file-storage.errors.ts";
import { patientFetch, type S3Patience } from "./file-storage.s3.fetch.ts";
import { readableOf } from "./file-storage.s3.read.ts";
import { sweepUploads } from "./file-storage.s3.sweep.ts";

export type S3Options = {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The bucket in the path of addresses, rather than in their host name. */
  pathStyle: boolean;
  /** Where copies are made for whatever reads a file by its path; they last as long as the reading. */
  copiesFolder: string;
  patience?: Partial<S3Patience & { silenceMs: number }> | undefined;
};

/** The least that S3 takes for a part that is not the last: one is held in memory by each file being received. */
const PART_BYTES = 5 * 1_048_576;
const PATIENCE = { answerMs: 60_000, attempts: 4, backOffMs: 300, silenceMs: 30_000 };

/** Files in a bucket of any S3 server, under their keys. What goes beyond one part is sent in several, as it comes. */
export function createS3Storage({ copiesFolder, ...options }: S3Options): FileStorage {
  const patience = { ...PATIENCE, ...options.patience };
  const s3 = new S3mini({
    endpoint: bucketUrl(options),
    region: options.region,
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    fetch: patientFetch(patience),
  });
  const newCopy = createPassingFolder(copiesFolder);
  let isSwept = false;

  /** Leaves nothing, as far as the server hears it: `sweepUploads` ends later what it did not hear. */
  async function abandon(key: string, uploadId: string | undefined, isWritten: boolean): Promise<void> {
    if (uploadId) await s3.abortMultipartUpload(key, uploadId).catch(() => {});
    if (isWritten) await s3.deleteObject(key).catch(() => {});
  }

  async function complete(key: string, uploadId: string, parts: UploadPart[]): Promise<void> {
    const { etag } = await s3.completeMultipartUpload(key, uploadId, parts);
    // An answer of success may carry an error, when what was wrong appeared after it began.
    if (typeof etag !== "string") throw new FileStorageError("failed");
  }

  async function open(key: string): Promise<Readable> {
    requireKey(key);
    const answer = await s3.getObjectRaw(key).catch((cause: unknown) => {
      throw isMissing(cause) ? new FileMissingError("no such file", { cause }) : storageError(cause);
    });
    if (!answer.body) throw new FileStorageError("failed");
    return readableOf(answer.body, patience.silenceMs);
  }

  return {
    async put(key, bytes, bytesMax) {
      requireKey(key);
      if (!isSwept) void sweepUploads(s3).catch(() => {}); // tried again by the next process
      isSwept = true;
      const hash = createHash("sha256");
      const parts: UploadPart[] = [];
      let sizeBytes = 0;
      // The same for each part; memory that is never written costs nothing.
      const part = Buffer.allocUnsafeSlow(PART_BYTES);
      let heldBytes = 0;
      let uploadId: string | undefined;
      let isWritten = false;
      const sendPart = async () => {
        uploadId ??= await s3.getMultipartUploadId(key);
        parts.push(await s3.uploadPart(key, uploadId, part.subarray(0, heldBytes), parts.length + 1));
        heldBytes = 0;
      };
      try {
        for await (const chunk of bytes) {
          sizeBytes += chunk.byteLength;
          if (sizeBytes > bytesMax) throw new FileTooLargeError("more bytes than allowed");
          hash.update(chunk);
          for (let at = 0; at < chunk.byteLength; ) {
            const taken = chunk.subarray(at, at + PART_BYTES - heldBytes);
            part.set(taken, heldBytes);
            heldBytes += taken.byteLength;
            at += taken.byteLength;
            if (heldBytes === PART_BYTES) await asked(sendPart());
          }
        }
        if (uploadId && heldBytes > 0) await asked(sendPart());
        isWritten = true;
        await asked<unknown>(
          uploadId ? complete(key, uploadId, parts) : s3.putObject(key, part.subarray(0, heldBytes)),
        );
        return { sizeBytes, sha256: hash.digest("hex") };
      } catch (error) {
        await abandon(key, uploadId, isWritten);
        throw error;
      }
    },
    open,
    async withLocalPath(key, work) {
      const bytes = await open(key);
      const path = await newCopy();
      try {
        await pipeline(bytes, createWriteStream(path, { flags: "wx", mode: 0o600 }));
        return await work(path);
      } finally {
        await rm(path, { force: true });
      }
    },
    async remove(key) {
      requireKey(key);
      await s3.deleteObject(key).catch((error: unknown) => {
        if (!isMissing(error)) throw storageError(error);
      });
    },
  };
}

function bucketUrl({ endpoint, bucket, pathStyle }: Pick<S3Options, "endpoint" | "bucket" | "pathStyle">): string {
  const url = new URL(endpoint);
  if (pathStyle) url.pathname = `${url.pathname.replace(/\/+$/, "")}/${bucket}`;
  else url.host = `${bucket}.${url.host}`;
  return url.href;
}

function asked<T>(work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    throw storageError(cause);
  });
}

/** The bucket too may be what is missing. */
const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceError && error.status === 404 && !error.body?.includes("NoSuchBucket");

const storageError = (cause: unknown): FileStorageError =>
  cause instanceof FileStorageError ? cause : new FileStorageError(faultOf(cause), { cause });

function faultOf(error: unknown): StorageFault {
  if (!(error instanceof S3ServiceError)) return "unreachable";
  const { status, body = "" } = error;
  if (/AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocation/.test(body) || status === 301)
    return "wrong_region";
  if (status === 401 || status === 403) return "refused";
  return status === 404 ? "no_bucket" : "failed";
}
