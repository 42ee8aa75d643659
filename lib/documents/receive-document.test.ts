import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { newId } from "@/lib/id";
import { stopJobs } from "@/lib/jobs/mutations";
import { getLibraryUsage } from "@/lib/library/queries";
import { fileStorage } from "@/lib/providers/file-storage";
import { closeReadingPool } from "@/lib/providers/reading";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { S3_BUCKET, S3_KEYS, startScriptedS3 } from "@/tests/support/scripted-s3";
import { setTestSettings } from "@/tests/support/settings";
import { getOriginal } from "./queries";
import { readFile } from "./read-file";
import { startReadingFiles } from "./read-files";
import { receiveDocument } from "./receive-document";
import { removeDocument } from "./remove-document";

const MEGABYTE = 1_048_576;
const folder = mkdtempSync(join(tmpdir(), "documents-s3-test-"));
const s3 = await startScriptedS3();
setTestSettings({
  DATA_DIR: folder,
  S3_ENDPOINT: s3.endpoint,
  S3_BUCKET,
  S3_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
  S3_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
  DOCUMENT_MEGABYTES_MAX: "30",
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => {
  warned.mockClear();
  s3.misbehave("failed", /./, 0);
});

/** As if the removals that wait had been sent a minute earlier. */
async function aMinuteLater(): Promise<void> {
  const { db } = await openDatabase();
  await db.execute(sql`update jobs.job set start_after = start_after - interval '1 minute' where name = 'remove-file'`);
}

async function removalsLeft(): Promise<number> {
  const { db } = await openDatabase();
  const left = sql`select count(*)::int as count from jobs.job where name = 'remove-file' and state < 'completed'`;
  const found: unknown = await db.execute(left);
  const rows = Array.isArray(found) ? found : (found as { rows: unknown[] }).rows;
  return (rows[0] as { count: number }).count;
}

async function* megabytes(count: number, end?: Error): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n += 1) yield Buffer.alloc(MEGABYTE, newId());
  if (end) throw end;
}
const upload = (count: number, end?: Error) => ({
  id: newId(),
  name: "gros.txt",
  sizeBytes: count * MEGABYTE,
  bytes: megabytes(count, end),
});

onEachDatabase(() => {
  afterAll(async () => {
    closeReadingPool();
    await stopJobs();
  });

  it("receives so many at once from one agent: what comes together is not counted yet among what is kept", async () => {
    const [actor, other] = [await anActor(), await anActor()];
    const { promise: later, resolve: goOn } = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Uint8Array> {
      await later;
      yield Buffer.from("Enfin.");
    }
    const coming = Array.from({ length: 12 }, () =>
      receiveDocument(actor, { id: newId(), name: "lent.txt", sizeBytes: 6, bytes: slow() }),
    );
    await expect(send(actor, "de-trop.txt", "De trop")).rejects.toMatchObject({ code: "uploads_too_many" });
    await send(other, "ailleurs.txt", "Quelqu’un d’autre");
    goOn();
    expect(await Promise.all(coming)).toHaveLength(12);
    await send(actor, "ensuite.txt", "Ensuite");
  });

  it("keeps in S3 a file that is read, given back, and removed", async () => {
    const actor = await anActor();
    const stop = await startReadingFiles();
    const document = await settled(actor, await send(actor, "délai.txt", "Le délai est de deux mois."));
    await stop();
    expect(document).toMatchObject({ state: "ready", type: "txt" });
    const { fileId } = await getOriginal(actor, document.id);
    expect(s3.keys()).toContain(fileId);
    expect(`${await buffer(await fileStorage().open(fileId))}`).toBe("Le délai est de deux mois.");
    await removeDocument(actor, document.id);
    expect(s3.keys()).not.toContain(fileId);
    expect(readdirSync(join(folder, "copies"))).toEqual([]);
  });

  it("leaves no object and no pending upload of what is cut, too large, or refused by S3", async () => {
    const actor = await anActor();
    const before = s3.keys();
    await expect(receiveDocument(actor, upload(12, new Error("aborted")))).rejects.toMatchObject({
      code: "document_interrupted",
    });
    await expect(receiveDocument(actor, { ...upload(31), sizeBytes: 1 })).rejects.toMatchObject({
      code: "document_too_large",
    });
    expect(s3.requests.filter((said) => said.includes("partNumber=2")).length).toBeGreaterThan(0);
    s3.misbehave("error-in-success", /POST .*uploadId/, 9);
    await expect(receiveDocument(actor, upload(6))).rejects.toMatchObject({ code: "file_storage_unavailable" });
    expect(s3.keys()).toEqual(before);
    expect(s3.pendingUploads()).toEqual([]);
    expect(await getLibraryUsage(actor)).toMatchObject({ count: 0, bytes: 0 });
  });

  it("removes from S3, once it is back, a document that was removed while it was away", async () => {
    const actor = await anActor();
    const before = s3.keys();
    const { id } = await send(actor, "à retirer.txt", "Le délai est de deux mois.");
    const [fileId = ""] = s3.keys().filter((key) => !before.includes(key));
    s3.misbehave("failed", /DELETE/, 99);
    await removeDocument(actor, id);
    expect(await getLibraryUsage(actor)).toMatchObject({ count: 0, bytes: 0 });
    expect(s3.keys()).toContain(fileId);
    expect(warned).toHaveBeenCalledOnce();
    s3.misbehave("failed", /DELETE/, 4);
    await aMinuteLater();
    const stop = await startReadingFiles();
    await expect.poll(() => s3.keys(), { timeout: 30_000 }).not.toContain(fileId);
    await stop();
  });

  it("keeps the bytes that another document is made of, whatever job remains of a removed one", async () => {
    const actor = await anActor();
    const before = s3.keys();
    const [kept, removed] = [await send(actor, "gardé.txt", "Pareil"), await send(actor, "retiré.txt", "Pareil")];
    const [fileId = ""] = s3.keys().filter((key) => !before.includes(key));
    await removeDocument(actor, removed.id);
    await aMinuteLater();
    const stop = await startReadingFiles();
    await settled(actor, kept);
    await expect.poll(removalsLeft, { timeout: 10_000 }).toBe(0);
    await stop();
    expect(s3.keys()).toContain(fileId);
  });

  it("tries again within ten seconds a reading that failed because S3 was away", async () => {
    const actor = await anActor();
    const stop = await startReadingFiles();
    await settled(actor, await send(actor, "avant.txt", "Le premier"));
    s3.misbehave("failed", /GET/, 4);
    const startedAt = Date.now();
    const document = await settled(actor, await send(actor, "après.txt", "Le second"));
    await stop();
    expect(document.state).toBe("ready");
    expect(s3.requests.filter((said) => said.startsWith("GET")).length).toBeGreaterThan(4);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  it("lets a file be read later when S3 is away, and does not call it unreadable", async () => {
    const actor = await anActor();
    const before = s3.keys();
    const document = await send(actor, "plus tard.txt", "Une phrase. ".repeat(30_000));
    const fileId = s3.keys().find((key) => !before.includes(key)) ?? "";
    const read = () => readFile({ ownerId: actor.agentId, fileId }, new AbortController().signal);
    s3.misbehave("cut-answer", /GET/, 1);
    await expect(read()).rejects.toMatchObject({ name: "FileStorageError" });
    await read();
    expect(await settled(actor, document)).toMatchObject({ state: "ready", failureCode: null });
  });
});
