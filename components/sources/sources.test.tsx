import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Answer } from "@/components/assistant/message";
import { katexPlugin } from "@/components/markdown/katex";
import { LiveMarkdown } from "@/components/markdown/live-markdown";
import { StoredMarkdown } from "@/components/markdown/stored-markdown";
import { textWithMarkers } from "@/components/markdown/text-with-markers";
import type { CitedSource, MessagePart } from "@/lib/conversations/schema";
import messages from "@/messages/fr.json";
import { MarkedText } from "./marked-text";
import { type SourcesCopied, useSourcesCopied } from "./use-sources-copied";

const draw = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" timeZone="Europe/Paris" messages={messages}>
      {node}
    </NextIntlClientProvider>,
  );

const source = (number: number, more: Partial<CitedSource> = {}): CitedSource => ({
  number,
  documentId: "00000000-0000-4000-8000-000000000001",
  name: "rapport.pdf",
  page: 14,
  kind: "page",
  label: null,
  isRecognised: false,
  start: 0,
  end: 10,
  ...more,
});
const said = (text: string, ...sources: CitedSource[]): MessagePart => ({ type: "text", text, sources });

const drawn = (parts: MessagePart[], text: (text: string) => ReactNode) =>
  draw(
    <Answer answerId="a" isWriting parts={parts}>
      {text(textWithMarkers(parts))}
    </Answer>,
  );
const stored = (...parts: MessagePart[]) =>
  drawn(parts, (text) => <StoredMarkdown messageId="1">{text}</StoredMarkdown>);
const live = (...parts: MessagePart[]) =>
  drawn(parts, (text) => (
    <LiveMarkdown messageId="1" ended={false} maths={katexPlugin}>
      {text}
    </LiveMarkdown>
  ));

const namesIn = (html: string) => [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, name]) => name);
const textOf = (html: string) => html.replace(/<[^>]+>/g, "");

describe.each([
  ["stored", stored],
  ["being written", live],
])("in an answer %s", (_, show) => {
  it("a marker is a button that says what it opens, and a number without source is text", () => {
    const html = show(
      said("Deux mois [1][2], sauf [3].", source(1), source(2, { name: "note.docx", kind: "section" })),
    );
    expect(namesIn(html)).toEqual(["source 1, rapport.pdf, page 14", "source 2, note.docx, partie 14"]);
    expect(textOf(html)).toContain("Deux mois [1][2], sauf [3].");
  });

  it.each([
    ["a page that bears another number", { label: "iv" }, "page 14, numérotée iv"],
    ["a page that bears its own", { label: "14" }, "page 14"],
    ["a slide", { kind: "slide" as const, label: "Budget" }, "diapositive 14, « Budget »"],
    ["a sheet", { kind: "sheet" as const, label: "Dépenses" }, "feuille « Dépenses »"],
    ["a sheet without name", { kind: "sheet" as const }, "feuille 14"],
    ["an image", { kind: "image" as const, page: 1 }, "image"],
  ])("%s is named", (_what, more, place) => {
    expect(namesIn(show(said("Voir [1]", source(1, more))))).toEqual([
      `source 1, rapport.pdf, ${place.replace("« ", "«\u00a0").replace(" »", "\u00a0»")}`,
    ]);
  });

  it.each([
    ["code", "Le tableau `a[1]`"],
    ["a block of code", "```\na[1]\n```"],
    ["maths", "$$x[1]$$"],
    ["the text of a link", "[voir [1] ici](https://exemple.fr)"],
    ["an address", "Voir https://exemple.fr/a[1]"],
  ])("a marker in %s is what is written", (_what, text) => {
    const html = show(said(`${text}\n\nFin`, source(1)));
    expect(html).not.toContain("data-source");
    expect(html).not.toMatch(/\ufdd0|%EF%B7%90/i);
    expect(textOf(html)).toContain("[1]");
  });

  it.each(["[1](https://exemple.fr)", "[1]: un passage", "[1][2]", "**[1]**", "- [1]", "| a |\n|---|\n| b [1] |\n"])(
    "« %s » has its marker, whatever Markdown makes of brackets",
    (text) => {
      expect(namesIn(show(said(`${text}\n\nFin`, source(1))))).toContain("source 1, rapport.pdf, page 14");
    },
  );

  it("a number is looked for in the sources of its own part", () => {
    const html = show(said("Avant [1] et [2].", source(1)), said("Après [1] et [2].", source(2)));
    expect(namesIn(html)).toEqual(["source 1, rapport.pdf, page 14", "source 2, rapport.pdf, page 14"]);
  });

  it("a text that carries the sign of a marker makes none", () => {
    expect(show(said("Voir [2]\ufdd0 et\ufdd0 [1]\ufdd0.", source(1))).match(/data-source/g)).toHaveLength(1);
  });
});

describe("under an answer", () => {
  const under = (part: MessagePart, isWriting = false) =>
    textOf(
      draw(
        <Answer answerId="a" isWriting={isWriting} parts={[part]}>
          {null}
        </Answer>,
      ),
    );

  it("its sources are listed once it is written, with what is to be verified", () => {
    const part = said("", source(2, { isRecognised: true }), source(1));
    expect(under(part)).toContain("Sources[1]rapport.pdf, page 14[2]rapport.pdf, page 14, texte reconnu, à vérifier");
    expect(under(part, true)).not.toContain("Sources");
  });

  it("what was wrong is said, and nothing when all is well", () => {
    const checked = { type: "text" as const, text: "Bonjour" };
    expect(under({ ...checked, checks: { checked: 0, dropped: 1, unfound: 2 } })).toContain(
      "1 numéro retiré\u00a0: il ne correspondait à aucun passage donné. 2 citations introuvables",
    );
    expect(under({ ...checked, checks: { checked: 3, dropped: 0, unfound: 0 } })).not.toMatch(/numéro|introuvable/);
  });
});

function Copied({ sources, as }: { sources: CitedSource[]; as: keyof SourcesCopied }) {
  return useSourcesCopied(sources)[as];
}

it("a copied answer takes its sources with it, without what their names could do", () => {
  const sources = [source(1, { name: "a_b<i>.pdf" })];
  expect(draw(<Copied as="markdown" sources={sources} />)).toBe(
    "\n\nSources\u00a0:\n\n- [1] a\\_b\\&lt;i\\&gt;.pdf, page 14",
  );
  expect(
    draw(<Copied as="html" sources={sources} />)
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">"),
  ).toBe("<p>Sources\u00a0:</p><ul><li>[1] a_b&amp;lt;i&amp;gt;.pdf, page 14</li></ul>");
  expect(draw(<Copied as="markdown" sources={[]} />)).toBe("");
});

describe("the text of a page", () => {
  const shown = (text: string, start: number, end: number, type = "docx") =>
    draw(<MarkedText text={text} type={type} isRecognised={false} passage={{ start, end }} />);
  const markedIn = (html: string) => [...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/g)].map(([, marked]) => marked);

  it("has its passage marked, and is text whatever it holds", () => {
    const html = shown("<b>Un</b> montant & deux", 10, 17);
    expect(html).toContain('<mark class="mark-passage">montant</mark>');
    expect(html).toContain("&lt;b&gt;Un&lt;/b&gt; ");
  });

  it("is cut around the passage when it is long, and says so", () => {
    const html = shown(`${"a".repeat(90_000)}ICI${"b".repeat(90_000)}`, 90_000, 90_003);
    expect(html).toContain(">ICI</mark>");
    expect(html.length).toBeLessThan(90_000);
    expect(html).toContain("Le début n’est pas affiché.");
    expect(html).toContain("La suite n’est pas affichée.");
  });

  it("shows its tables as tables, and marks a passage that goes through cells", () => {
    const text = "Avant\n\n| Nom | Montant |\n| --- | --- |\n| Aide \\| prime | 12 |\n| | 5 |\n\nAprès";
    const start = text.indexOf("prime");
    const html = shown(text, start, text.indexOf("12") + 2);
    const cells = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = ""]) => textOf(cell));
    expect(cells).toEqual([
      "Nom",
      "Montant",
      "Aide | Début du passage cité\u00a0: prime",
      "12 Fin du passage cité.",
      "",
      "5",
    ]);
    expect([...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/g)].map(([, marked]) => marked)).toEqual(["prime", "12"]);
    expect(html).toMatch(/^Avant\n\n<table/);
    expect(html).toMatch(/<\/table>\nAprès$/);
  });

  it("shows its titles, lists and deletions as such, and marks a passage from the middle of a title to that of a list", () => {
    const text =
      "## Article premier\n\nLe ~~maire~~ président.\n\n- Un [guide](https://exemple.fr)\n    - Deux\n3. Trois\n   et la suite\n\nFin *";
    const html = shown(text, text.indexOf("premier"), text.indexOf("Deux") + 4);
    expect(html).toMatch(/<h3[^>]*>Article .*<\/h3>/);
    expect(html).toContain("<del>");
    expect(markedIn(html)).toEqual([
      "premier",
      "Le",
      "maire",
      "président.",
      "Un",
      "guide",
      "https://exemple.fr",
      "Deux",
    ]);
    expect(html.match(/passage cité/g)).toHaveLength(2);
    expect([...html.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, item = ""]) => textOf(item))).toEqual([
      "•Un guide (https://exemple.fr)",
      "•Deux Fin du passage cité.",
      "3.Troiset la suite",
    ]);
    expect(html).not.toMatch(/##|~~|\]\(/);
    expect(html).toMatch(/Fin \*$/);
  });

  it("shows what Markdown says in bold where it is Markdown, and keeps its asterisks anywhere else", () => {
    const text = "Le **délai de `2` mois** (*) court, snake_case_name, 3\\*4";
    const html = shown(text, text.indexOf("délai"), text.indexOf("mois"), "md");
    expect(html).toContain("<strong><span");
    expect(html).toContain("<code class=");
    expect(markedIn(html)).toEqual(["délai de", "2"]);
    expect(textOf(html)).toContain("(*) court, snake_case_name, 3*4");
    expect(textOf(shown(text, 0, 0, "pdf"))).toBe(text.replaceAll("'", "&#x27;"));
  });

  it("leaves plain text as it is", () => {
    const text = "# non\n| a | b |\n- c **d**";
    expect(textOf(shown(text, 0, 0, "txt"))).toBe(text);
  });

  it("shows code with its signs, and what is quoted beside a line", () => {
    const text = "> Cité\n> encore\n\n```\n# **a**\n```\nFin";
    const html = shown(text, text.indexOf("a*"), text.indexOf("a*") + 1, "md");
    expect(html).toMatch(/<blockquote[^>]*>Cité<br\/>encore<\/blockquote>/);
    expect(html).toMatch(/<pre[^>]*># \*\*<span/);
    expect(markedIn(html)).toEqual(["a"]);
  });

  it("is whole when the passage is beyond its end", () => {
    expect(shown("court", 50, 60)).toBe("court");
  });
});
