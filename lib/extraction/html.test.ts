import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { READING_LIMITS } from "./extraction.ts";
import { readHtml } from "./html.ts";

const read = async (html: string | Uint8Array) => {
  const reading = await readHtml(new Uint8Array(Buffer.from(html)), { limits: READING_LIMITS });
  return { ...reading, text: reading.pages.map(({ text }) => text).join("\n\f\n") };
};
const textOf = async (html: string | Uint8Array) => (await read(html)).text;

describe("HTML", () => {
  it("becomes Markdown", async () => {
    const text = await textOf(`<!doctype html><title>Page</title><h1>Titre</h1><p>Un  mot,<br>deux.</p>
      <ul><li>a<ul><li>b</ul><li>c</ul><ol start=3><li>d<li><p>e</ol>
      <blockquote>cité<p>encore</blockquote><pre>x = 1\n  y</pre><hr>
      <p><a href="https://exemple.fr/a">lien</a> et <a href="#ici">ancre</a> et <a href="javascript:x()">non</a> <img alt="logo">`);

    expect(text).toBe(
      [
        "# Titre",
        "Un mot,\ndeux.",
        "- a\n  - b\n- c",
        "3. d\n4. e",
        "> cité\n>\n> encore",
        "```\nx = 1\n  y\n```",
        "---",
        "[lien](https://exemple.fr/a) et ancre et non ![logo]",
      ].join("\n\n"),
    );
  });

  it("leaves out what is not shown, and fetches nothing", async () => {
    const hidden = [
      "<script>secret()</script><style>secret{}</style><template>secret</template><noscript>secret</noscript>",
      "<p hidden>secret</p><p style='color:red; DISPLAY : none'>secret</p><i style='visibility:hidden'>secret</i>",
      "<iframe src='http://127.0.0.1:9/'>secret</iframe><svg><text>secret</text></svg><object>secret</object>",
      "<input type=hidden value=secret><input type=password value=secret><dialog>secret</dialog><!-- secret -->",
      "<img src='http://127.0.0.1:9/x.png'><link rel=stylesheet href='http://127.0.0.1:9/'>",
    ];

    expect(await textOf(`<body>visible ${hidden.join("")} aussi`)).toBe("visible aussi");
  });

  it("makes a table of data, with its spans and its bars", async () => {
    const text = await textOf(`<table><caption>Effectifs</caption><tr><th>Service<th colspan=2>Agents
      <tr><td rowspan=2>A|B<td>1<td>2<tr><td>3<td>4</table>`);

    expect(text).toBe("Effectifs\n\n| Service | Agents |  |\n| --- | --- | --- |\n| A\\|B | 1 | 2 |\n|  | 3 | 4 |");
  });

  it("reads a table that only lays out the page as its contents", async () => {
    expect(await textOf("<table><tr><td><h2>T</h2><td><table><tr><td>1<td>2</table></table>")).toBe(
      "## T\n\n| 1 | 2 |\n| --- | --- |",
    );
    expect(await textOf("<table><tr><td>a<td><tr><td><td>b</table>")).toBe("a\n\nb");
  });

  it("finds the charset that a page declares, even after a long script", async () => {
    const page = (charset: string) => `<script>${"x".repeat(5_000)}</script><meta charset="${charset}"><p>Москва`;

    expect(await textOf(iconv.encode(page("windows-1251"), "windows-1251"))).toBe("Москва");
    const equivalent = "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>Москва";
    expect(await textOf(iconv.encode(equivalent, "koi8-r"))).toBe("Москва");
    const xhtml = "<?xml version='1.0' encoding='iso-8859-15'?><html><p>cœur 3 €</html>";
    expect(await textOf(iconv.encode(xhtml, "iso-8859-15"))).toBe("cœur 3 €");
  });

  it("names the first section after the page when nothing else does", async () => {
    const { pages, outline } = await read("<title>Ma page</title><p>a<h2>b</h2>");

    expect(pages[0]?.label).toBe("b");
    expect(outline).toEqual([{ title: "b", level: 2, page: 0 }]);
    expect((await read("<title>Ma page</title><p>a")).pages[0]?.label).toBe("Ma page");
  });

  it.each([
    ["div", 30_000],
    ["ul><li", 10_000],
    ["table><tr><td", 3_000],
    ["blockquote", 10_000],
    ["b", 30_000],
  ])("survives %s nested very deep", async (tag, depth) => {
    const start = performance.now();

    expect(await textOf(`${`<${tag}>`.repeat(depth)}fond`)).toContain("fond");
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("is not blown up by spans", async () => {
    const text = await textOf(`<table>${"<tr>".repeat(300)}<td colspan=9999999 rowspan=65534>a<td>b</table>`);

    expect(text.length).toBeLessThan(200_000);
    expect(
      (await textOf(`<table>${"<tr><td colspan=1000 rowspan=1000>a<td>b".repeat(2_000)}</table>`)).length,
    ).toBeLessThan(3_000_000);
  });
});
