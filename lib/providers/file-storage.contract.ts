import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/id";
import type { FileStorage } from "./file-storage";
import { FileMissingError, FileTooLargeError } from "./file-storage.errors";

async function* chunks(...all: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of all) {
    await wait(1);
    if (chunk instanceof Error) throw chunk;
    yield chunk;
  }
}

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

/** What every file storage does. `keysIn` lists what it keeps, under whatever name. */
export function fileStorageContract(
  name: string,
  start: () => Promise<{ storage: FileStorage; keysIn: () => Promise<string[]> }>,
): void {
  describe(`the file storage, ${name}`, () => {
    it("gives back the bytes it was given, with their size and digest", async () => {
      const { storage } = await start();
      const key = newId();
      const [first, second] = [bytes(70_000, 1), bytes(5, 2)];
      const whole = Buffer.concat([first, second]);
      const sha256 = createHash("sha256").update(whole).digest("hex");
      expect(await storage.put(key, chunks(first, second), 100_000)).toEqual({ sizeBytes: 70_005, sha256 });
      expect(whole.equals(await buffer(await storage.open(key)))).toBe(true);
      const read = await storage.withLocalPath(key, (path) => readFile(path));
      expect(whole.equals(read)).toBe(true);
    });

    it("takes as many bytes as allowed and not one more, and leaves nothing of what it refuses", async () => {
      const { storage, keysIn } = await start();
      const [fits, exceeds] = [newId(), newId()];
      await storage.put(fits, chunks(bytes(50, 1), bytes(50, 2)), 100);
      await expect(storage.put(exceeds, chunks(bytes(50, 1), bytes(51, 2)), 100)).rejects.toThrow(FileTooLargeError);
      await expect(storage.open(exceeds)).rejects.toThrow(FileMissingError);
      expect(await keysIn()).toHaveLength(1);
    });

    it("leaves nothing of a stream that breaks in the middle", async () => {
      const { storage, keysIn } = await start();
      const key = newId();
      await expect(storage.put(key, chunks(bytes(50, 1), new Error("cut")), 100)).rejects.toThrow("cut");
      await expect(storage.open(key)).rejects.toThrow(FileMissingError);
      expect(await keysIn()).toEqual([]);
    });

    it("keeps an empty file", async () => {
      const { storage } = await start();
      const key = newId();
      expect((await storage.put(key, chunks(), 100)).sizeBytes).toBe(0);
      expect(await buffer(await storage.open(key))).toHaveLength(0);
    });

    it("removes, once or twice", async () => {
      const { storage, keysIn } = await start();
      const key = newId();
      await storage.put(key, chunks(bytes(5, 1)), 100);
      await storage.remove(key);
      await storage.remove(key);
      await expect(storage.open(key)).rejects.toThrow(FileMissingError);
      await expect(storage.withLocalPath(key, async () => "read")).rejects.toThrow(FileMissingError);
      expect(await keysIn()).toEqual([]);
    });

    it.each(["../../etc/passwd", "a/b", "", "Rapport final.pdf", "."])("refuses a key such as « %s »", async (key) => {
      const { storage } = await start();
      await expect((async () => storage.put(key, chunks(bytes(5, 1)), 100))()).rejects.toThrow("made by the product");
      await expect((async () => storage.open(key))()).rejects.toThrow("made by the product");
    });
  });
}
