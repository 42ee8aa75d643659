import { obstacleOf } from "./article-access.ts";
import { removeBoilerplate } from "./article-boilerplate.ts";
import { dataOf } from "./article-data.ts";
import { type ArticleMetadata, metadataOf } from "./article-metadata.ts";
import { parsePage, textIn } from "./article-tree.ts";
import { removeHidden } from "./article-visibility.ts";
import { nodesToMarkdown } from "./html-to-markdown.ts";
import { mainTextOf, removeAddresses } from "./main-text.ts";
import { toOneLine } from "./normal-text.ts";

export type Article = ArticleMetadata & { text: string };
/** `closed`: it must be paid for, or one must sign in. `unreadable`: nothing is in it without its scripts. */
export type ArticleReading = { article: Article } | { obstacle: "closed" | "unreadable" };

/** Where a page says of itself what is looked for: the whole of most, the two ends of a long one. */
const BEGINNING_CHARACTERS = 80_000;
const END_CHARACTERS = 20_000;

const endsOf = (text: string): string =>
  toOneLine(
    text.length <= BEGINNING_CHARACTERS + END_CHARACTERS
      ? text
      : `${text.slice(0, BEGINNING_CHARACTERS)} ${text.slice(-END_CHARACTERS)}`,
  );

/** The main text of a page of the web as Markdown, and what it says of itself. Nothing is fetched or run. */
export function readArticle(html: string, { url, now }: { url: string; now: Date }): ArticleReading {
  const { head, body } = parsePage(html);
  const data = dataOf(head, body);
  removeHidden(body);
  const shown = endsOf(textIn(body));
  const obstacle = obstacleOf(data, shown);
  if (obstacle) return { obstacle };
  const metadata = metadataOf(data, body, shown, { url, now });
  removeBoilerplate(body);
  const main = mainTextOf(body, metadata.title);
  removeAddresses(main);
  const text = nodesToMarkdown(main.childNodes).trim();
  return /\p{L}{2}/u.test(text) ? { article: { ...metadata, text } } : { obstacle: "unreadable" };
}
