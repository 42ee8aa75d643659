import { readFile as readBytes } from "node:fs/promises";
import { endWithParent } from "./end-with-parent.ts";
import { ExtractionError, READING_LIMITS } from "./extraction.ts";
import { type ReadingMessage, type ReadingOrder, toPieces, type Usage } from "./reading-messages.ts";

/*
 * The process that reads: it is given one order at a time, and may be killed at any moment. It holds no secret, no connection
 * and no database, and nothing of what it reads is written anywhere.
 */

/** Messages sent ahead of the other side's acknowledgement would pile up in memory. */
const SENT_AHEAD = 8;

process.on("message", (order: ReadingOrder) => void obey(order));
endWithParent();
if (process.platform !== "linux") {
  setInterval(() => void send({ kind: "memory", bytes: process.memoryUsage.rss() }), 100).unref();
}

async function obey(order: ReadingOrder): Promise<void> {
  try {
    if (order.kind === "read") await read(order);
    else if (order.kind === "recognise") await recognise(order);
    else if (order.kind === "draw") await draw(order);
    else if (order.kind === "web") await readWeb(order);
    else if (order.kind === "write") await write(order);
    else await clean(order);
  } catch (error) {
    const code = error instanceof ExtractionError ? error.code : "unexpected";
    await send({ id: order.id, kind: "failed", code, usage: usage() });
  }
}

async function read({ id, path, fileName, password }: Extract<ReadingOrder, { kind: "read" }>): Promise<void> {
  const { readFile } = await import("./read-file.ts");
  const bytes = await readBytes(path);
  const extraction = await readFile(bytes, fileName, { limits: READING_LIMITS, password });
  let ahead: Promise<void>[] = [];
  for (const piece of toPieces(extraction)) {
    ahead.push(send({ id, ...piece }));
    if (ahead.length < SENT_AHEAD) continue;
    await Promise.all(ahead);
    ahead = [];
  }
  await Promise.all(ahead);
  const { type, language, warnings } = extraction;
  await send({ id, kind: "read", rest: { type, language, warnings }, usage: usage() });
}

/** Dots per inch: more makes recognition slower, and no better on ordinary letters. */
const RECOGNITION_DPI = 300;

async function recognise({ id, path, page }: Extract<ReadingOrder, { kind: "recognise" }>): Promise<void> {
  const { recognise: recogniseImage } = await import("./recognise-image.ts");
  const bytes = await readBytes(path);
  const image = page === undefined ? bytes : await drawn(bytes, page);
  const recognition = await recogniseImage(image);
  await send({ id, kind: "recognised", recognition, usage: usage() });
}

async function clean({ id, path, sidePixelsMax }: Extract<ReadingOrder, { kind: "clean" }>): Promise<void> {
  const { cleanImage } = await import("./clean-image.ts");
  const image = await cleanImage(await readBytes(path), sidePixelsMax);
  await send({ id, kind: "pictured", image, usage: usage() });
}

async function draw({ id, path, page }: Extract<ReadingOrder, { kind: "draw" }>): Promise<void> {
  const { toJpeg } = await import("./page-picture.ts");
  const bytes = await readBytes(path);
  const image = await toJpeg(page === undefined ? bytes : await drawn(bytes, page));
  await send({ id, kind: "pictured", image, usage: usage() });
}

async function readWeb({ id, url, type, charset, bytes }: Extract<ReadingOrder, { kind: "web" }>): Promise<void> {
  const { readWebPage } = await import("./web-page.ts");
  const reading = await readWebPage({ url, type, charset, bytes }, new Date());
  await send({ id, kind: "web", reading, usage: usage() });
}

/** What models write is as hostile as any file, and a long table takes seconds to set out. */
async function write({ id, kind: _, ...order }: Extract<ReadingOrder, { kind: "write" }>): Promise<void> {
  const { writeOrdered } = await import("../export/write-file.ts");
  await send({ id, kind: "written", file: await writeOrdered(order), usage: usage() });
}

async function drawn(bytes: Uint8Array, page: number): Promise<Uint8Array> {
  const { renderPdfPage } = await import("./pdf-render.ts");
  return (await renderPdfPage(bytes, page, { dpi: RECOGNITION_DPI })).png;
}

function usage(): Usage {
  return { memoryBytes: process.memoryUsage.rss(), peakMemoryBytes: process.resourceUsage().maxRSS * 1_024 };
}

function send(message: ReadingMessage): Promise<void> {
  return new Promise((resolve) => {
    // No one listens any more: `disconnect` ends this process.
    if (!process.connected) resolve();
    else process.send?.(message, undefined, {}, () => resolve());
  });
}
