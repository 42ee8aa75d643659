import { SaxesParser } from "saxes";
import { ExtractionError } from "./extraction.ts";
import { createXmlNames, type XmlAttributes } from "./xml-names.ts";

const DEPTH_MAX = 500;
/** No document says nothing for so long: an attribute, a comment or a text without end would fill the memory. */
const CHARACTERS_BETWEEN_EVENTS_MAX = 10_000_000;
/** Enough of the beginning for the byte order mark and the declaration. */
const DECLARATION_BYTES = 256;

/** Names are canonical (see xml-names.ts), whatever the prefixes of the file: `w:p`, `text:h`. */
export type XmlHandlers = {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  /** A text may come in several pieces. */
  text(text: string): void;
  /** Asked now and then: true to read no further. */
  isDone?(): boolean;
};

/**
 * Reads XML as it comes, in any encoding it declares. Nothing of a DOCTYPE is used: a reference to an entity that it
 * declares fails with `damaged`, as all that is not well formed; what is too deep or endless with `too_large_inside`.
 */
export async function parseXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const names = createXmlNames();
  const open: string[] = [];
  let silence = 0;

  const parser = new SaxesParser();
  parser.on("error", () => {
    throw new ExtractionError("damaged");
  });
  parser.on("opentag", (tag) => {
    silence = 0;
    if (open.length >= DEPTH_MAX) throw new ExtractionError("too_large_inside");
    const { name, attributes } = names.enter(tag.name, tag.attributes);
    open.push(name);
    handlers.open(name, attributes);
  });
  parser.on("closetag", () => {
    silence = 0;
    names.leave();
    handlers.close(open.pop() ?? "");
  });
  const onText = (text: string) => {
    silence = 0;
    if (open.length > 0) handlers.text(text);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);

  for await (const text of decode(chunks)) {
    silence += text.length;
    parser.write(text);
    if (silence > CHARACTERS_BETWEEN_EVENTS_MAX) throw new ExtractionError("too_large_inside");
    if (handlers.isDone?.()) return;
  }
  parser.close();
}

async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  let beginning: Uint8Array | null = new Uint8Array();
  let decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) {
      if (beginning === null) {
        yield decoder.decode(chunk, { stream: true });
        continue;
      }
      beginning = Buffer.concat([beginning, chunk]);
      if (beginning.length < DECLARATION_BYTES) continue;
      decoder = new TextDecoder(encodingOf(beginning), { fatal: true });
      yield decoder.decode(beginning, { stream: true });
      beginning = null;
    }
    if (beginning !== null) decoder = new TextDecoder(encodingOf(beginning), { fatal: true });
    yield decoder.decode(beginning ?? undefined);
  } catch (error) {
    // What a decoder does not know or cannot decode is a RangeError or a TypeError with a code.
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_ENCODING")) {
      throw new ExtractionError("damaged");
    }
    throw error;
  }
}

/** XML 1.0, appendix F: the byte order mark, else the shape of the first characters, else the declaration. */
function encodingOf(beginning: Uint8Array): string {
  const [first, second] = beginning;
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0x00 && second === 0x3c) return "utf-16be";
  if (first === 0x3c && second === 0x00) return "utf-16le";
  const start = new TextDecoder("latin1").decode(beginning.subarray(0, DECLARATION_BYTES));
  const declared = /^(?:ï»¿)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? "utf-8";
  // A declaration that can be read byte by byte and says UTF-16 is a mistake of its writer.
  return /^(utf-?16|ucs-?2|iso-10646)/i.test(declared) ? "utf-8" : declared;
}
