import { hostOf } from "../web/site-name.ts";
import { readArticle } from "./article.ts";
import { decodeText } from "./decode-text.ts";
import { ExtractionError, READING_LIMITS } from "./extraction.ts";
import { readXml } from "./feed.ts";
import { declaredCharset } from "./html.ts";
import { toNormalText, toOneLine } from "./normal-text.ts";
import { readFile } from "./read-file.ts";

/** What an address gave, to be read. */
export type WebOrder = {
  url: string;
  type: "html" | "text" | "markdown" | "pdf" | "json" | "xml";
  /** As the server said; null when it did not. */
  charset: string | null;
  bytes: Uint8Array;
};

export type WebReading =
  | { page: { title: string; site: string; author: string | null; date: string | null; text: string } }
  | { obstacle: "closed" | "unreadable" };

/** About 50,000 words: what is beyond is read by nobody, and is not kept. */
const TEXT_CHARACTERS_MAX = 200_000;
const TITLE_CHARACTERS_MAX = 300;

/** Reads a page of any kind; every failure is an ExtractionError. The title of a page that has none is the end of its address. */
export async function readWebPage(order: WebOrder, now: Date): Promise<WebReading> {
  try {
    const reading = await read(order, now);
    if ("obstacle" in reading) return reading;
    const { page } = reading;
    const text = bounded(page.text);
    if (!/[\p{L}\p{N}]/u.test(text)) return { obstacle: "unreadable" };
    const title = (shortTitle(page.title) || shortTitle(endOf(order.url)) || hostOf(order.url)) ?? order.url;
    return { page: { ...page, title, text } };
  } catch (error) {
    throw error instanceof ExtractionError ? error : new ExtractionError("unexpected", { cause: error });
  }
}

const shortTitle = (text: string): string => toOneLine(text).slice(0, TITLE_CHARACTERS_MAX).toWellFormed();

async function read(order: WebOrder, now: Date): Promise<WebReading> {
  const { url, bytes } = order;
  const bare = { title: "", site: hostOf(url) ?? url, author: null, date: null };
  switch (order.type) {
    case "html": {
      const reading = readArticle(decoded(order, declaredCharset(bytes)), { url, now });
      return "article" in reading ? { page: reading.article } : reading;
    }
    case "pdf":
      return { page: { ...bare, ...(await readPdf(bytes)) } };
    case "xml": {
      const { title, date, text } = await readXml(bytes, now);
      return { page: { ...bare, title: title ?? "", date, text: toNormalText(text) } };
    }
    case "markdown": {
      const text = toNormalText(decoded(order));
      return { page: { ...bare, title: /^ {0,3}# +(.+)$/m.exec(text)?.[1] ?? "", text } };
    }
    case "json":
      return { page: { ...bare, text: toNormalText(indented(decoded(order))) } };
    case "text":
      return { page: { ...bare, text: toNormalText(decoded(order)) } };
  }
}

/** What the page itself declares comes before a server that says UTF-8 of all it serves. */
function decoded({ bytes, charset }: WebOrder, declared: string | null = null): string {
  const said = charset?.toLowerCase() ?? null;
  return decodeText(bytes, said === null || said === "utf-8" || said === "utf8" ? (declared ?? said) : said).text;
}

/** As any other PDF; `⟨page 3⟩` begins the text of its third page. */
async function readPdf(bytes: Uint8Array): Promise<{ title: string; text: string }> {
  const { pages, outline } = await readFile(bytes, "page.pdf", { limits: READING_LIMITS });
  const written = pages.flatMap(({ text }, index) => (text.trim() ? [`⟨page ${index + 1}⟩\n\n${text.trim()}`] : []));
  const title = outline.find(({ level }) => level === 1)?.title ?? "";
  return { title, text: written.join("\n\n") };
}

/** Values as they are when it is not JSON, or too deep to be written again. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** Cut between two lines when there is one. */
function bounded(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= TEXT_CHARACTERS_MAX) return trimmed;
  const beginning = trimmed.slice(0, TEXT_CHARACTERS_MAX);
  const line = beginning.lastIndexOf("\n");
  return (line > TEXT_CHARACTERS_MAX * 0.9 ? beginning.slice(0, line) : beginning).toWellFormed().trimEnd();
}

function endOf(url: string): string {
  const { pathname } = new URL(url);
  const name = pathname.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
