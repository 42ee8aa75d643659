import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Answer } from "@/components/assistant/message";
import { StoredMarkdown } from "@/components/markdown/stored-markdown";
import { textWithMarkers } from "@/components/markdown/text-with-markers";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { VisitedPage } from "@/lib/assistant/tools/web.schema";
import type { CitedPage, MessagePart } from "@/lib/conversations/schema";
import { hostOf } from "@/lib/web/site-name";
import messages from "@/messages/fr.json";
import { SiteLetter } from "./site-letter";
import { type SourcesCopied, useSourcesCopied } from "./use-sources-copied";
import { WebView } from "./web-view";

const draw = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" timeZone="Europe/Paris" messages={messages}>
      {node}
    </NextIntlClientProvider>,
  );
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|")
    .replace(/\s/g, " ");

const passage = "Avant.\n\nLe délai est de deux mois.\n\nAprès.";
const aSource = (more: Partial<CitedPage> = {}): CitedPage => ({
  number: 2,
  url: "https://www.legifrance.gouv.fr/a?b=1&c=2",
  title: "Le délai de recours",
  site: "Légifrance",
  date: "2026-03-01",
  readAt: "2026-11-26T13:05:00Z",
  passage,
  start: passage.indexOf("Le délai"),
  end: passage.indexOf("\n\nAprès"),
  ...more,
});
const aPage = (url: string, more: Partial<VisitedPage> = {}): VisitedPage => ({
  url,
  title: `Titre de ${url}`,
  site: "Insee",
  date: null,
  state: "read",
  failure: null,
  readAt: "2026-11-26T13:05:00Z",
  passages: [],
  ...more,
});
const call = { type: "tool", state: "done", input: null } as const;
const aSearch = (...pages: VisitedPage[]): ToolPart => ({
  ...call,
  callId: "1",
  name: "search_web",
  output: { step: "done", query: "délai", removed: [], period: null, officialOnly: false, engine: null, pages },
});
const aReading = (page: VisitedPage): ToolPart => ({
  ...call,
  callId: "2",
  name: "read_web_page",
  output: { step: "done", page },
});
const said = (text: string, ...sources: CitedPage[]): MessagePart => ({ type: "text", text, sources });

const anAnswer = (parts: MessagePart[], isWriting = false) =>
  draw(
    <Answer answerId="a" isWriting={isWriting} parts={parts}>
      <StoredMarkdown messageId="1">{textWithMarkers(parts)}</StoredMarkdown>
    </Answer>,
  );

describe("in an answer", () => {
  it("a marker says the page and the site that it opens", () => {
    expect(anAnswer([said("Deux mois [2].", aSource())])).toContain(
      'aria-label="source 2, Le délai de recours, Légifrance (legifrance.gouv.fr)"',
    );
  });

  it("a page without title is called by its address", () => {
    expect(anAnswer([said("Deux mois [2].", aSource({ title: "" }))])).toContain(
      'aria-label="source 2, https://www.legifrance.gouv.fr/a?b=1&amp;c=2, Légifrance (legifrance.gouv.fr)"',
    );
  });
});

describe("under an answer", () => {
  const { url: cited } = aSource();
  const parts = [
    aSearch(
      aPage(cited),
      aPage("https://a.fr/"),
      aPage("https://b.fr/", { state: "unread", failure: "timeout" }),
      aPage("https://c.fr/", { state: "reading", readAt: null }),
    ),
    aSearch(aPage("https://a.fr/")),
    aReading(aPage("https://d.fr/", { date: "2026-05-20T08:00:00Z" })),
    said("Deux mois [2].", aSource()),
  ];

  it("what is cited comes first, then what was read besides, each once, and nothing that was not read", () => {
    const html = anAnswer(parts);
    expect(textOf(html)).toContain(
      "|Sources|[2]|L|Le délai de recours|, Légifrance (legifrance.gouv.fr) · Page du 1er mars 2026|https://www.legifrance.gouv.fr/a?b=1&amp;c=2|" +
        "Autres pages consultées|" +
        "I|Titre de https://a.fr/| (nouvelle fenêtre)|, Insee (a.fr)|https://a.fr/|" +
        "I|Titre de https://d.fr/| (nouvelle fenêtre)|, Insee (d.fr) · Page du 20 mai 2026|https://d.fr/|",
    );
    const others = html.slice(html.indexOf("Autres pages consultées"));
    expect(others).not.toMatch(/b\.fr|c\.fr|legifrance/);
  });

  it("what was read is listed though nothing is cited, and only once the answer is written", () => {
    const uncited = parts.slice(0, -1);
    expect(textOf(anAnswer(uncited))).toContain("|Autres pages consultées|");
    expect(textOf(anAnswer(uncited))).not.toContain("|Sources|");
    expect(textOf(anAnswer(parts, true))).not.toMatch(/Sources|Autres pages/);
  });

  it("nothing is asked of the sites: no image, and links that tell them nothing", () => {
    const html = anAnswer(parts);
    expect(html).not.toMatch(/<img|<iframe|src=/);
    const links = [...html.matchAll(/<a [^>]*href="https:\/\/[ad]\.fr\/"[^>]*>/g)].map(([link]) => link);
    expect(links).toHaveLength(2);
    for (const link of links) expect(link).toContain('target="_blank" rel="noopener noreferrer"');
  });
});

describe("in the panel", () => {
  const panel = (more: Partial<CitedPage> = {}) => draw(<WebView titleId="t" source={aSource(more)} />);

  it("the page is named and dated, and its passage is the one that was read", () => {
    const html = panel();
    expect(textOf(html)).toContain("|Source 2 : |Le délai de recours|");
    expect(textOf(html)).toContain("|Légifrance (legifrance.gouv.fr)|");
    expect(textOf(html)).toContain("|Page du 1er mars 2026, lue le 26 novembre 2026 à 14 h 05|");
    expect(textOf(html)).toContain("|Le texte ci-dessous est celui qui a été lu ; la page a pu changer.|");
    expect(html).toMatch(/<mark[^>]*>Le délai est de deux mois\.<\/mark>/);
    expect(html).toContain("Avant.");
  });

  it("a page without date says so, and hours are those of Paris", () => {
    expect(textOf(panel({ date: null, readAt: "2026-07-01T22:07:00Z" }))).toContain(
      "|Page sans date, lue le 2 juillet 2026 à 0 h 07|",
    );
    expect(textOf(panel({ date: "hier" }))).toContain("|Page sans date, lue le");
  });

  it("the page itself opens in another window, when its address is one of the web", () => {
    expect(panel()).toMatch(
      /<a href="https:\/\/www\.legifrance\.gouv\.fr\/a\?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"[^>]*>Ouvrir la page/,
    );
    expect(textOf(panel())).toContain("|Ouvrir la page| (nouvelle fenêtre)|");
    expect(panel({ url: "javascript:alert(1)" })).not.toMatch(/<a |Ouvrir la page/);
  });
});

function Copied({ sources, as }: { sources: CitedPage[]; as: keyof SourcesCopied }) {
  return useSourcesCopied(sources)[as];
}
const decoded = (html: string) =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

it("a copied answer takes the addresses of its pages with it", () => {
  const sources = [aSource({ title: "Délai_de <b>" })];
  expect(decoded(draw(<Copied as="markdown" sources={sources} />))).toBe(
    "\n\nSources\u00a0:\n\n- [2] Délai\\_de \\<b\\>, Légifrance (legifrance.gouv.fr), <https://www.legifrance.gouv.fr/a?b=1&c=2>",
  );
  expect(decoded(draw(<Copied as="html" sources={sources} />))).toContain(
    '<li>[2] Délai_de &lt;b&gt;, Légifrance (legifrance.gouv.fr), <a href="https://www.legifrance.gouv.fr/a?b=1&amp;c=2">https://www.legifrance.gouv.fr/a?b=1&amp;c=2</a></li>',
  );
  const hostile = [aSource({ url: "javascript:alert(1)" })];
  expect(draw(<Copied as="html" sources={hostile} />)).not.toContain("javascript");
});

it.each([
  ["https://www.insee.fr/fr", "insee.fr"],
  ["http://exemple.fr:8080/", "exemple.fr:8080"],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["ftp://exemple.fr/", null],
  ["n’importe quoi", null],
])("the host of %s is %s", (url, host) => {
  expect(hostOf(url)).toBe(host);
});

it.each([
  ["www.insee.fr", "I"],
  ["élysée.fr", "É"],
  ["« Journal »", "J"],
  ["", "?"],
])("the letter of « %s » is %s", (site, letter) => {
  expect(textOf(draw(<SiteLetter site={site} />))).toBe(`|${letter}|`);
});
