import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";
import { WebFailure } from "./web-failure";

/** What may be asked of servers: what `readBody` decompresses. */
export const ACCEPT_ENCODING = "gzip, deflate, br, zstd";

/** As HTTP allows a window (RFC 9659): a larger one would cost that much memory. */
const ZSTD_OPTIONS = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

type BodyOptions = {
  encoding: string | undefined;
  bytesMax: number;
  /** The end of what is longer is left out, instead of a failure. */
  isCut?: boolean;
};

/**
 * The whole body, decompressed: what comes is counted as it comes, on both sides of decompression, and nothing is read past
 * the limit (`too_large`). An encoding that is unknown or on top of another, and damaged data, are `unreadable`. What the
 * connection throws goes through.
 */
export async function readBody(
  body: Readable,
  { encoding, bytesMax, isCut = false }: BodyOptions,
): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let broken: unknown;
  async function* received(): AsyncGenerator<Buffer> {
    try {
      yield* counted(body, bytesMax);
    } catch (error) {
      broken = error;
      throw error;
    }
  }
  try {
    const { source, decompressor } = await prepare(received(), encoding);
    const keep = async (output: AsyncIterable<Buffer>) => {
      for await (const piece of counted(output, bytesMax)) pieces.push(piece);
    };
    if (decompressor) await pipeline(source, decompressor, keep);
    else await pipeline(source, keep);
  } catch (error) {
    const failure = broken ?? (error instanceof WebFailure ? error : new WebFailure("unreadable", { cause: error }));
    if (!isCut || !isTooLarge(failure)) throw failure;
  }
  return Buffer.concat(pieces);
}

async function* counted(source: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of source) {
    const left = bytesMax - length;
    length += piece.length;
    yield piece.subarray(0, left);
    if (length > bytesMax) throw new WebFailure("too_large");
  }
}

type Prepared = { source: AsyncIterable<Buffer>; decompressor: Transform | null };

async function prepare(body: AsyncGenerator<Buffer>, encoding: string | undefined): Promise<Prepared> {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return { source: body, decompressor: null };
    case "gzip":
    case "x-gzip":
      return { source: body, decompressor: createGunzip() };
    case "br":
      return { source: body, decompressor: createBrotliDecompress() };
    case "zstd":
      return { source: body, decompressor: createZstdDecompress(ZSTD_OPTIONS) };
    case "deflate":
      return deflated(body);
    default:
      throw new WebFailure("unreadable");
  }
}

/** Some servers send what « deflate » names in the standard, zlib, and some what its name says: the first byte tells. */
async function deflated(body: AsyncGenerator<Buffer>): Promise<Prepared> {
  const { value: first } = await body.next();
  if (!first) throw new WebFailure("unreadable");
  async function* whole(): AsyncGenerator<Buffer> {
    yield first as Buffer;
    yield* body;
  }
  const isZlib = ((first[0] ?? 0) & 0x0f) === 8;
  return { source: whole(), decompressor: isZlib ? createInflate() : createInflateRaw() };
}

const isTooLarge = (error: unknown) => error instanceof WebFailure && error.code === "too_large";
