import "server-only";
import { PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";
import { fileStorage } from "@/lib/providers/file-storage";
import { archiveBytesMax } from "./archive-limits";

/** What fills an archive, one part after the other: nothing is added before what precedes it has been written. */
export type ArchiveWriter = {
  add(name: string, content: string | Uint8Array): Promise<void>;
  /** Gives false when the stream broke: what was written of it stays, cut. */
  addStream(name: string, open: () => Promise<Readable>): Promise<boolean>;
};

export type Made =
  | { fileName: string; bytes: Uint8Array }
  | { fileName: string; fill: (archive: ArchiveWriter) => Promise<void> };

/** Stores a file, or an archive as it is filled: never whole in memory. */
export async function storeMade(transferId: string, made: Made): Promise<{ sizeBytes: number }> {
  const storage = fileStorage();
  if ("bytes" in made) return storage.put(transferId, oneChunk(made.bytes), archiveBytesMax());
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  zip.on("error", (error) => output.destroy(error instanceof Error ? error : new Error("zip")));
  const filled = made
    .fill(archiveWriter(zip, output))
    .then(() => zip.end())
    .catch((error: Error) => {
      output.destroy(error);
      throw error;
    });
  const [stored] = await Promise.all([storage.put(transferId, output, archiveBytesMax()), filled]);
  return stored;
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** yazl reads what it is given in its own time: each part waits until the one before has gone through. */
function archiveWriter(zip: ZipFile, output: PassThrough): ArchiveWriter {
  const addReadable = (name: string, from: Readable): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const givenUp = () => reject(output.errored ?? new Error("the archive was given up"));
      if (output.destroyed) return givenUp();
      const through = new PassThrough();
      let isWhole = true;
      from.on("error", () => {
        isWhole = false;
        through.end();
      });
      // Whoever stores it may have stopped: nothing is read any more.
      output.once("close", givenUp);
      through.once("end", () => {
        output.off("close", givenUp);
        resolve(isWhole);
      });
      from.pipe(through);
      zip.addReadStream(through, name);
    });
  return {
    async add(name, content) {
      await addReadable(name, Readable.from([Buffer.from(content as Uint8Array)]));
    },
    addStream: async (name, open) => addReadable(name, await open()),
  };
}
