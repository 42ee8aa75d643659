import "server-only";
import { Readable } from "node:stream";
import { FileStorageError } from "./file-storage.errors.ts";

/** The body of an answer, asked for as it is read. One that stops coming for `silenceMs`, or is cut, is an error and not an end. */
export function readableOf(body: ReadableStream<Uint8Array>, silenceMs: number): Readable {
  const reader = body.getReader();
  return new Readable({
    read() {
      const fail = (cause: unknown) => this.destroy(new FileStorageError("unreachable", { cause }));
      const timer = setTimeout(() => fail(new Error("silence")), silenceMs);
      reader
        .read()
        .then(({ done, value }) => void this.push(done ? null : value), fail)
        .finally(() => clearTimeout(timer));
    },
    destroy(error, done) {
      reader.cancel().then(
        () => done(error),
        () => done(error),
      );
    },
  });
}
