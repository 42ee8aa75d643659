import { htmlToMarkdown } from "./html-to-markdown.ts";
import { toOneLine } from "./normal-text.ts";
import { toDay } from "./written-date.ts";
import { parseXml } from "./xml.ts";

export type Feed = { title: string | null; date: string | null; text: string };

const ITEMS_MAX = 100;
const SUMMARY_CHARACTERS_MAX = 3_000;
const FEEDS = new Set(["rss", "rdf", "feed"]);
const ITEMS = new Set(["item", "entry"]);
/** What holds the words of an item, or of the feed itself. */
const HOLDERS = new Set(["item", "entry", "channel", "feed"]);
const SUMMARIES = new Set(["description", "summary", "content", "encoded", "subtitle"]);
const DATES = new Set(["pubdate", "published", "updated", "date", "lastbuilddate"]);

type Item = { title: string; link: string; date: string; summary: string };

/**
 * RSS and Atom → their items as Markdown; any other XML → its texts, one a line. Fails with `damaged` when it is not well formed.
 */
export async function readXml(bytes: Uint8Array, now: Date): Promise<Feed> {
  const reading = createFeedReading(now);
  await parseXml(inOnePiece(bytes), reading.handlers);
  return reading.finish();
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function createFeedReading(now: Date) {
  const open: string[] = [];
  const texts: string[] = [];
  const items: Item[] = [];
  const feed = anItem();
  let isFeed = false;
  let text = "";

  const current = (): Item => (open.some((name) => ITEMS.has(name)) && items.at(-1)) || feed;

  function keep(local: string, line: string): void {
    const item = current();
    if (local === "title") item.title ||= toOneLine(textOf(line));
    else if (local === "link" || local === "guid" || local === "id") item.link ||= /^https?:/i.test(line) ? line : "";
    else if (DATES.has(local)) item.date ||= toDay(line, now) ?? "";
    else if (SUMMARIES.has(local) && line.length > item.summary.length) item.summary = line;
  }

  return {
    handlers: {
      open(name: string, attributes: Readonly<Record<string, string | undefined>>) {
        const local = localOf(name);
        if (open.length === 0) isFeed = FEEDS.has(local);
        if (ITEMS.has(local)) items.push(anItem());
        open.push(local);
        const isLink = local === "link" && (attributes.rel ?? "alternate") === "alternate";
        if (isLink && attributes.href) keep("link", attributes.href);
        text = "";
      },
      text(piece: string) {
        text += piece;
      },
      close() {
        const local = open.pop() ?? "";
        const line = text.trim();
        text = "";
        if (line === "") return;
        if (!isFeed) texts.push(toOneLine(line));
        else if (HOLDERS.has(open.at(-1) ?? "")) keep(local, line);
      },
      isDone: () => items.length > ITEMS_MAX,
    },
    finish(): Feed {
      if (!isFeed) return { title: null, date: null, text: texts.join("\n") };
      const read = items.slice(0, ITEMS_MAX);
      const date =
        feed.date ||
        (read
          .map((item) => item.date)
          .sort()
          .at(-1) ??
          "");
      const text = [textOf(feed.summary), ...read.map(toMarkdown)].filter(Boolean).join("\n\n");
      return { title: feed.title || null, date: date || null, text };
    },
  };
}

const anItem = (): Item => ({ title: "", link: "", date: "", summary: "" });
const localOf = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();

/** Titles and summaries are often HTML, escaped. */
const textOf = (written: string): string =>
  /[<&]/.test(written) ? htmlToMarkdown(written.slice(0, 100_000)).markdown : written;

function toMarkdown({ title, link, date, summary }: Item): string {
  const said = textOf(summary).slice(0, SUMMARY_CHARACTERS_MAX).toWellFormed();
  return [`## ${title || link || "…"}`, [date, link].filter(Boolean).join(" · "), said].filter(Boolean).join("\n\n");
}
