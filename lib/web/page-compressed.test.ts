import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { failure, readPageAnswered as read, writeForever } from "@/tests/support/read-scripted-page";
import { page } from "@/tests/support/scripted-sites";

const MEGABYTE = 1_000_000;

describe("compressed pages", () => {
  const html = "<p>Été à la préfecture</p>".repeat(1_000);
  it.each([
    ["gzip", gzipSync(html)],
    ["x-gzip", gzipSync(html)],
    ["GZIP", gzipSync(html)],
    ["deflate", deflateSync(html)],
    ["deflate", deflateRawSync(html)],
    ["br", brotliCompressSync(html)],
    ["zstd", zstdCompressSync(html)],
    ["identity", Buffer.from(html)],
  ])("%s: are read", async (encoding, bytes) => {
    const { result } = await read(page(bytes, { "content-encoding": encoding }));
    expect(Buffer.from((await result).bytes).toString()).toBe(html);
  });

  it.each([
    ["one on top of another", "gzip, gzip", gzipSync(gzipSync(html))],
    ["unknown", "compress", gzipSync(html)],
    ["not what is said", "br", gzipSync(html)],
    ["not compressed", "gzip", Buffer.from(html)],
    ["cut", "gzip", gzipSync(html).subarray(0, 60)],
    ["cut", "br", brotliCompressSync(html).subarray(0, 20)],
    ["cut", "zstd", zstdCompressSync(html).subarray(0, 30)],
    ["empty", "deflate", Buffer.alloc(0)],
  ])("%s (%s): are unreadable", async (_what, encoding, bytes) => {
    const { result } = await read(page(bytes, { "content-encoding": encoding }));
    await expect(result).rejects.toEqual(failure("unreadable"));
  });

  it("made for a window of 64 MB are unreadable: reading them would take as much", async () => {
    const frame = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 26 } });
    frame.write(html);
    setImmediate(() => frame.end(html));
    const { result } = await read(page(await buffer(frame), { "content-encoding": "zstd" }));
    await expect(result).rejects.toEqual(failure("unreadable"));
  });

  it.each([
    ["gzip", createGzip],
    ["deflate", createDeflate],
    ["br", createBrotliCompress],
    ["zstd", createZstdCompress],
  ])("a bomb in %s is left as soon as it is too large, in little memory", async (encoding, compressor) => {
    const zeros = Buffer.alloc(MEGABYTE);
    const bomb = await buffer(Readable.from(Array<Buffer>(300).fill(zeros)).pipe(compressor()));
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 1);
    const { result, closed } = await read(page(bomb, { "content-encoding": encoding }));
    await expect(result).rejects.toEqual(failure("too_large"));
    clearInterval(watch);
    expect(most).toBeLessThan(50 * MEGABYTE);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("a bomb that never ends is left too", async () => {
    const { result } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" });
      const gzip = createGzip();
      gzip.pipe(response);
      response.once("close", () => gzip.destroy());
      gzip.on("error", () => {});
      const more = () => void (gzip.destroyed || gzip.write(Buffer.alloc(MEGABYTE), more));
      more();
    });
    await expect(result).rejects.toEqual(failure("too_large"));
  });

  it("what decompresses to nothing, for ever, is counted before decompression", async () => {
    const nothing = Buffer.from([0x00, 0x00, 0x00, 0xff, 0xff]); // an empty block of deflate
    const { result } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html", "content-encoding": "deflate" });
      void writeForever(response, Buffer.concat(Array(10_000).fill(nothing)));
    });
    await expect(result).rejects.toEqual(failure("too_large"));
  });
});
