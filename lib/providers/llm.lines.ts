import "server-only";
import { AppError } from "@/lib/errors/app-error";

/** No answer has such a line: what is sent is not a stream of events, and would fill the memory. */
const LINE_CHARACTERS_MAX = 8_000_000;
/** How long the end of the connection is waited for once everything was said: it can then serve again. */
const END_WAIT_MS = 50;

/** Bytes → lines: those that arrived together, whatever their ending, of bytes that may be cut anywhere. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const found = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = found.pop() ?? "";
      if (rest.length > LINE_CHARACTERS_MAX) throw new AppError("model_malformed_answer");
      if (found.length > 0) yield found;
    }
  } catch (cause) {
    if (cause instanceof AppError || (cause instanceof Error && cause.name === "AbortError")) throw cause;
    throw new AppError("model_cut", { cause });
  } finally {
    await letGo(reader);
  }
  // A last line without its ending is either whole, or what was being sent when the connection ended.
  if (isWhole(rest)) yield [rest];
}

/** An answer that was read to its end leaves a connection that can be used again; any other is closed. */
async function letGo(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, END_WAIT_MS, false);
  });
  const ended = readToEnd(reader).then(() => true);
  const isEnded = await Promise.race([ended, late]).catch(() => true);
  clearTimeout(timer);
  if (!isEnded) await reader.cancel().catch(() => {}); // it is being abandoned: how that ends does not matter
}

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let isEnded = false; !isEnded; ) isEnded = (await reader.read()).done;
}

function isWhole(line: string): boolean {
  const text = line.trim().replace(/^data:\s*/, "");
  return text.startsWith("{") ? isJson(text) : text !== "";
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // asking is the only way to know
  }
}
