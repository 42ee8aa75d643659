import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileStorage } from "./file-storage";
import { createPassingFolder, requireKey } from "./file-storage.copies.ts";
import { FileMissingError, FileTooLargeError } from "./file-storage.errors.ts";

/** Files in `folder`, spread over sub-folders. Being written, they are in `folder/incoming`: a crash leaves them there only. */
export function createLocalStorage(folder: string): FileStorage {
  const newIncoming = createPassingFolder(join(folder, "incoming"));

  function pathOf(key: string): string {
    requireKey(key);
    // The last characters of a UUIDv7 are its random ones.
    return join(folder, key.slice(-2), key);
  }

  async function existing(key: string): Promise<string> {
    const path = pathOf(key);
    await access(path).catch((cause: unknown) => {
      throw new FileMissingError("no such file", { cause });
    });
    return path;
  }

  return {
    async put(key, bytes, bytesMax) {
      const path = pathOf(key);
      const partial = await newIncoming();
      const handle = await open(partial, "wx", 0o600);
      const hash = createHash("sha256");
      let sizeBytes = 0;
      try {
        for await (const chunk of bytes) {
          sizeBytes += chunk.byteLength;
          if (sizeBytes > bytesMax) throw new FileTooLargeError("more bytes than allowed");
          hash.update(chunk);
          await handle.writeFile(chunk);
        }
        await handle.sync();
        await handle.close();
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(partial, path);
        return { sizeBytes, sha256: hash.digest("hex") };
      } catch (error) {
        await handle.close().catch(() => {}); // closed already, or broken: the file goes anyway
        await rm(partial, { force: true });
        throw error;
      }
    },
    open: async (key) => createReadStream(await existing(key)),
    withLocalPath: async (key, work) => work(await existing(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
