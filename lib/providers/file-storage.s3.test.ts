import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/id";
import { S3_BUCKET, S3_KEYS, startScriptedS3 } from "@/tests/support/scripted-s3";
import { fileStorageContract } from "./file-storage.contract";
import { createS3Storage, type S3Options } from "./file-storage.s3";

const MEGABYTE = 1_048_576;
const BYTES_MAX = 50 * MEGABYTE;
let s3 = await startScriptedS3();
const copiesFolder = mkdtempSync(join(tmpdir(), "copies-"));
beforeEach(async () => {
  await s3.close();
  s3 = await startScriptedS3();
});
afterAll(async () => {
  await s3.close();
  rmSync(copiesFolder, { recursive: true, force: true });
});

const aStorage = (options: Partial<S3Options> = {}) =>
  createS3Storage({
    endpoint: s3.endpoint,
    region: "us-east-1",
    bucket: S3_BUCKET,
    ...S3_KEYS,
    pathStyle: true,
    copiesFolder,
    patience: { answerMs: 500, attempts: 3, backOffMs: 5, silenceMs: 300 },
    ...options,
  });

async function* stream(...pieces: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield piece;
  }
}
const piece = (length: number, value = 1) => Buffer.alloc(length, value);
const pieces = (megabytes: number) => Array.from({ length: megabytes }, (_, index) => piece(MEGABYTE, index));
const nothingIsLeft = () =>
  expect({ keys: s3.keys(), pending: s3.pendingUploads() }).toEqual({ keys: [], pending: [] });

fileStorageContract("in an S3 bucket", async () => ({ storage: aStorage(), keysIn: async () => s3.keys() }));

describe("what is sent to S3", () => {
  it("goes in one request when it is small, in several when it is not, and is the same when it comes back", async () => {
    const storage = aStorage();
    await storage.put("small-file", stream(piece(1_000)), BYTES_MAX);
    expect(s3.requests.filter((said) => said.includes("small-file"))).toEqual([`PUT /${S3_BUCKET}/small-file`]);
    const sent = pieces(13);
    const { sizeBytes } = await storage.put("large-file", stream(...sent), BYTES_MAX);
    expect(sizeBytes).toBe(13 * MEGABYTE);
    expect(s3.requests.filter((said) => said.includes("partNumber="))).toHaveLength(3);
    expect((await buffer(await storage.open("large-file"))).equals(Buffer.concat(sent))).toBe(true);
    expect(s3.pendingUploads()).toEqual([]);
  });

  it("is never held whole: what is not yet asked for is not read", async () => {
    let read = 0;
    s3.misbehave("silent", /partNumber=1/, 1);
    const storage = aStorage({ patience: { answerMs: 500, attempts: 1, backOffMs: 5 } });
    const source = (async function* () {
      for (const one of pieces(40)) {
        read += one.length;
        yield one;
      }
    })();
    await expect(storage.put("large-file", source, BYTES_MAX)).rejects.toMatchObject({ fault: "unreachable" });
    expect(read).toBe(5 * MEGABYTE);
  });

  it.each([
    ["a sender that leaves", [...pieces(7), new Error("left")], BYTES_MAX, "left"],
    ["a limit exceeded after several parts", pieces(12), 11 * MEGABYTE, "more bytes than allowed"],
  ])("leaves nothing, not even a pending upload, after %s", async (_, sent, bytesMax, message) => {
    await expect(aStorage().put("large-file", stream(...sent), bytesMax)).rejects.toThrow(message);
    expect(s3.requests.some((said) => said.includes("partNumber="))).toBe(true);
    nothingIsLeft();
  });

  it.each([
    ["slow-down", /partNumber=2/],
    ["failed", /uploads/],
    ["cut-request", /partNumber=1/],
    ["silent", /partNumber=2/],
  ] as const)("is sent again when the server does this once: %s", async (how, when) => {
    s3.misbehave(how, when, 1);
    const sent = pieces(6);
    const storage = aStorage();
    await storage.put("large-file", stream(...sent), BYTES_MAX);
    expect((await buffer(await storage.open("large-file"))).equals(Buffer.concat(sent))).toBe(true);
  });

  it.each([
    ["slow-down", /partNumber=2/, "failed"],
    ["cut-request", /partNumber=2/, "unreachable"],
    ["silent", /partNumber=2/, "unreachable"],
    ["error-in-success", /POST .*uploadId/, "failed"],
    ["slow-down", /POST .*uploadId/, "failed"],
  ] as const)(
    "is refused, and leaves nothing, when the server goes on doing this: %s to %s",
    async (how, when, fault) => {
      s3.misbehave(how, when, 9);
      await expect(aStorage().put("large-file", stream(...pieces(7)), BYTES_MAX)).rejects.toMatchObject({
        name: "FileStorageError",
        fault,
      });
      nothingIsLeft();
    },
  );

  it("leaves nothing when a small file was stored and its answer lost", async () => {
    s3.misbehave("silent", /PUT/, 9);
    await expect(aStorage().put("small-file", stream(piece(10)), 100)).rejects.toMatchObject({ fault: "unreachable" });
    expect(s3.requests.at(-1)).toBe(`DELETE /${S3_BUCKET}/small-file`);
  });
});

describe("what is read from S3", () => {
  it.each(["cut-answer", "silent-answer"] as const)("is an error, not a shorter file: %s", async (how) => {
    const storage = aStorage();
    await storage.put("large-file", stream(...pieces(4)), BYTES_MAX);
    s3.misbehave(how, /GET/, 9);
    await expect(buffer(await storage.open("large-file"))).rejects.toMatchObject({ fault: "unreachable" });
    await expect(storage.withLocalPath("large-file", async () => "read")).rejects.toMatchObject({
      fault: "unreachable",
    });
    expect(readdirSync(copiesFolder)).toEqual([]);
  });

  it("is copied for as long as the work that needs a path lasts", async () => {
    const storage = aStorage();
    await storage.put("small-file", stream(Buffer.from("texte")), 100);
    const read = await storage.withLocalPath("small-file", async (path) => readFileSync(path, "utf8"));
    expect(read).toBe("texte");
    await expect(
      storage.withLocalPath("small-file", async () => {
        throw new Error("unreadable");
      }),
    ).rejects.toThrow("unreadable");
    expect(readdirSync(copiesFolder)).toEqual([]);
  });
});

describe("a configuration that is wrong", () => {
  const printed = (["log", "info", "warn", "error"] as const).map((level) => vi.spyOn(console, level));
  afterEach(() => {
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });

  it.each([
    ["refused", { secretAccessKey: "un-secret-faux" }],
    ["refused", { accessKeyId: "inconnue" }],
    ["no_bucket", { bucket: "absent" }],
    ["unreachable", { endpoint: "http://127.0.0.1:9" }],
  ] as const)("is told from a file that is missing: %s", async (fault, options) => {
    const storage = aStorage(options);
    const failures = await Promise.all(
      [storage.put(newId(), stream(piece(5)), 10), storage.open(newId()), storage.remove(newId())].map((work) =>
        work.then(() => null).catch((error: unknown) => error),
      ),
    );
    for (const error of failures) {
      expect(error).toMatchObject({ name: "FileStorageError", fault });
      const { cause } = error as Error;
      expect(`${error}${cause}${JSON.stringify(cause)}`).not.toMatch(/un-secret-faux|Signature=/);
    }
  });
});

it("names the bucket in the host name of its addresses when it is told to", async () => {
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("bytes"));
  const storage = aStorage({ endpoint: "https://s3.exemple.fr/", pathStyle: false });
  expect((await buffer(await storage.open("small-file"))).toString()).toBe("bytes");
  expect(fetched.mock.lastCall?.[0]).toBe(`https://${S3_BUCKET}.s3.exemple.fr/small-file`);
  fetched.mockRestore();
});

it("ends the uploads that a dead process was making, once they are a day old, and no other", async () => {
  const [old, recent] = ["old-upload", "recent-upload"];
  const half = (key: string) => aStorage().put(key, stream(...pieces(6)), BYTES_MAX);
  s3.misbehave("slow-down", /(POST|DELETE) .*uploadId/, 99);
  for (const key of [old, recent]) await expect(half(key)).rejects.toThrow();
  s3.misbehave("slow-down", /./, 0);
  const [oldId = "", recentId = ""] = s3.pendingUploads().sort((a) => (s3.keyOf(a) === old ? -1 : 1));
  s3.age(oldId, 25);
  s3.age(recentId, 23);
  await aStorage().put("small-file", stream(piece(5)), 10);
  await vi.waitFor(() => expect(s3.pendingUploads()).toEqual([recentId]));
});
