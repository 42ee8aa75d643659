import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileStorage } from "./file-storage";
import { FileMissingError, FileTooLargeError } from "./file-storage.errors";

const KEY = /^[a-z0-9-]{8,80}$/;

/** Files in `folder`, spread over sub-folders. Being written, they are in `folder/incoming`: a crash leaves them there only. */
export function createLocalStorage(folder: string): FileStorage {
  const incoming = join(folder, "incoming");
  let ready: Promise<void> | undefined;

  /** Once for this process: what an earlier one was receiving when it died will never be whole. */
  function prepare(): Promise<void> {
    ready ??= (async () => {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      for (const name of await readdir(incoming))
        if (!name.startsWith(`${process.pid}-`) && !isRunning(Number.parseInt(name, 10)))
          await rm(join(incoming, name));
    })();
    return ready;
  }

  function pathOf(key: string): string {
    if (!KEY.test(key)) throw new Error("a key of the file storage is made by the product");
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
      await prepare();
      const path = pathOf(key);
      const partial = join(incoming, `${process.pid}-${randomUUID()}`);
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

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // asking is the only way to know
  }
}
