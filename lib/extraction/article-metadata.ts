import { isThing, nameOf, type PageData, type Thing } from "./article-data.ts";
import { type Element, elementsIn, namesOf, textIn } from "./article-tree.ts";
import { attributeOf } from "./html-visibility.ts";
import { toOneLine } from "./normal-text.ts";
import { findSaidDay, toDay } from "./written-date.ts";

export type ArticleMetadata = { title: string; site: string; author: string | null; date: string | null };

const TITLE_CHARACTERS_MAX = 300;
const NAME_CHARACTERS_MAX = 120;
const ELEMENTS_MAX = 20;
/** Shorter, the title of a page says more than what is written above its text: « Article 3 ». */
const HEADING_CHARACTERS_MIN = 25;
/** A page says its date near its title, or at its very end. */
const DATE_BEGINNING = 20_000;
const DATE_END = 4_000;

/** `body` without what is hidden, and `text` what is shown of it. */
export function metadataOf(
  data: PageData,
  body: Element,
  text: string,
  { url, now }: { url: string; now: Date },
): ArticleMetadata {
  const works = data.things.filter(isWork);
  const host = new URL(url).hostname.replace(/^www\./, "");
  const site = short(data.meta.get("og:site_name") ?? publisherOf(works) ?? "", NAME_CHARACTERS_MAX) || host;
  return {
    title: titleOf(data, works, body, site) || site,
    site,
    author: authorOf(data, works, body),
    date: dateOf(data, works, body, text, now),
  };
}

const WORK =
  /Article|Posting|WebPage|Report|Legislation|Document|Dataset|CreativeWork|Event|FAQPage|HowTo|Service|Book|Recipe|Course|Question/;
const isWork = (thing: Thing): boolean =>
  [thing["@type"]].flat().some((type) => typeof type === "string" && WORK.test(type));

const short = (text: string, charactersMax: number): string => {
  const line = toOneLine(withoutEntities(text));
  return line.length <= charactersMax
    ? line
    : `${line
        .slice(0, charactersMax - 1)
        .toWellFormed()
        .trimEnd()}…`;
};

/** Escaped twice, by the habit of some editors. */
const withoutEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos|nbsp|#0?39|#8217);/g, (entity, name: string) => ENTITIES[name] ?? entity);
const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
  "#039": "'",
  "#8217": "’",
};

function publisherOf(works: readonly Thing[]): string | null {
  for (const work of works) {
    const name = nameOf(work.publisher) ?? (isThing(work.isPartOf) ? nameOf(work.isPartOf) : null);
    if (name) return name;
  }
  return null;
}

function titleOf({ title, meta }: PageData, works: readonly Thing[], body: Element, site: string): string {
  const said = short(title ?? "", TITLE_CHARACTERS_MAX);
  const headings = elementsOf(body, "h1")
    .map((heading) => short(textIn(heading), TITLE_CHARACTERS_MAX))
    .filter(Boolean);
  const [heading] = headings;
  if (heading && heading.length >= HEADING_CHARACTERS_MIN && said.startsWith(heading)) return heading;
  const headline = works.map(({ headline: text }) => text).find((text) => typeof text === "string");
  const written =
    meta.get("og:title") ?? headline ?? meta.get("dcterms.title") ?? meta.get("dc.title") ?? meta.get("citation_title");
  const best = withoutSite(short(typeof written === "string" ? written : "", TITLE_CHARACTERS_MAX), site);
  if (best) return best;
  const isOnly = headings.length === 1 && heading !== undefined;
  return withoutSite(said, site) || (isOnly ? heading : "");
}

/** « Congé parental | Service-Public.fr » is the title of the page, then that of the site. */
function withoutSite(title: string, site: string): string {
  const cut = /^(.{4,})\s+[|\-–—»•·:]\s+([^|–—»•·]{2,60})$/u.exec(title);
  if (!cut?.[1] || !cut[2]) return title;
  const letters = (text: string) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
  const [end, name] = [letters(cut[2]), letters(site)];
  return end !== "" && (name.includes(end) || end.includes(name)) ? cut[1] : title;
}

const elementsOf = (body: Element, tagName: string): Element[] =>
  elementsIn(body)
    .filter((element) => element.tagName === tagName)
    .slice(0, ELEMENTS_MAX);

function authorOf({ meta }: PageData, works: readonly Thing[], body: Element): string | null {
  const ofWork = works.map(({ author, creator }) => nameOf(author) ?? nameOf(creator)).find(Boolean);
  const ofMeta = ["author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"]
    .map((name) => nameOf(meta.get(name)))
    .find(Boolean);
  const author = short(ofWork ?? ofMeta ?? signatureOf(body) ?? "", NAME_CHARACTERS_MAX).replace(/^(par|by)\s+/i, "");
  return /^(admin|administrateur|webmestre|webmaster|root|user|author)?$/i.test(author) ? null : author;
}

function signatureOf(body: Element): string | null {
  const signed = elementsIn(body).find(
    (element) =>
      /(^|\s)author(\s|$)/i.test(attributeOf(element, "rel") ?? attributeOf(element, "itemprop") ?? "") ||
      namesOf(element).some((name) => /^(byline|author-name|auteur|article-author|post-author)$/.test(name)),
  );
  const text = signed ? toOneLine(textIn(signed)) : "";
  return text.length > 0 && text.length <= 80 ? text : null;
}

const META_DATES = [
  "article:modified_time",
  "og:updated_time",
  "dcterms.modified",
  "dc.date.modified",
  "last-modified",
  "datemodified",
  "article:published_time",
  "dcterms.issued",
  "dcterms.created",
  "dcterms.date",
  "dc.date",
  "dc.date.issued",
  "date",
  "pubdate",
  "publish-date",
  "datepublished",
  "citation_publication_date",
  "citation_online_date",
  "citation_date",
  "parsely-pub-date",
  "sailthru.date",
];

/** The latest of the days that JSON-LD says; else of those of its `<meta>`; else of its `<time>`; else of its sentences. */
function dateOf({ meta }: PageData, works: readonly Thing[], body: Element, text: string, now: Date): string | null {
  const ofWorks = works.flatMap(({ dateModified, datePublished }) => [dateModified, datePublished]);
  const ofMeta = META_DATES.map((name) => meta.get(name));
  return (
    latest(ofWorks, now) ??
    latest(ofMeta, now) ??
    latest(publicationTimesOf(body), now) ??
    findSaidDay(`${text.slice(0, DATE_BEGINNING)} ${text.slice(DATE_BEGINNING).slice(-DATE_END)}`, now)
  );
}

function latest(written: readonly unknown[], now: Date): string | null {
  const days = written.flatMap((each) => (typeof each === "string" ? (toDay(each, now) ?? []) : []));
  return days.sort().at(-1) ?? null;
}

/** Those that say they are of the publication; of the others, only one that is alone: a page of news has one for each item. */
function publicationTimesOf(body: Element): (string | null)[] {
  const times = elementsOf(body, "time");
  const said = times.filter(
    (time) =>
      attributeOf(time, "pubdate") !== null ||
      /date(published|modified)/i.test(attributeOf(time, "itemprop") ?? "") ||
      namesOf(time).some((name) => /publish|updated|entry-date|posted|date-?pub|maj$/.test(name)),
  );
  const [only] = times;
  const kept = said.length > 0 ? said : only && times.length === 1 ? [only] : [];
  return kept.map((time) => attributeOf(time, "datetime"));
}
