import { expect, it } from "vitest";
import { READING_LIMITS } from "@/lib/extraction/extraction";
import { readFile } from "@/lib/extraction/read-file";
import { openArchive } from "@/lib/extraction/zip";
import { contentDisposition } from "@/lib/http/attachment";
import { anExchange } from "@/tests/support/exported";
import { fileNameFor, uniqueNames } from "./rules";
import { writeFile } from "./write-file";
import { writeMarkdown } from "./write-markdown";

const ANSWER = `# Note

Le **délai** est de *deux mois* [1], voir [le site](https://www.service-public.fr/a?b=1&c=2) [2] et encore [1], pas [3].
Piège : [x](javascript:alert(1)) ![pixel](https://pirate.example/p.png).

3. Troisième
   - puce
4. Quatrième

| Poste | Montant |
|:--|--:|
| Loyer | 1 200,00 € |

> Une citation

\`\`\`
code [1]
\`\`\`

Formule \\(E = mc^2\\) et \`[1]\`.`;

async function partsOf(file: Uint8Array): Promise<Record<string, string>> {
  const archive = await openArchive(file, { inflatedBytesMax: 1e8 });
  const parts: Record<string, string> = {};
  for (const name of archive.names) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of archive.stream(name)) chunks.push(chunk);
    parts[name] = Buffer.concat(chunks).toString("utf8");
  }
  return parts;
}

const read = async (file: Uint8Array, name: string) =>
  (await readFile(file, name, { limits: READING_LIMITS })).pages.map(({ text }) => text).join("\n");

it("a Word document has styles of titles, numbered lists, a header row, footnotes, links, French and its title", async () => {
  const parts = await partsOf(await writeFile(anExchange(ANSWER), "docx"));
  const body = parts["word/document.xml"] ?? "";
  for (const style of ["Title", "Heading1", "Heading2", "ListNumber", "ListBullet", "Quote", "Code"])
    expect(body).toContain(`<w:pStyle w:val="${style}"/>`);
  expect(body).toContain("<w:tblHeader/>");
  expect(body.match(/<w:footnoteReference /g)).toHaveLength(3);
  expect(parts["word/footnotes.xml"]).toMatch(/rapport\.pdf, page 3[\s\S]*Congés[\s\S]*Voir la note 1\./);
  expect(parts["word/numbering.xml"]).toContain('<w:start w:val="3"/>');
  expect(parts["word/styles.xml"]).toContain('w:val="fr-FR"');
  expect(parts["docProps/core.xml"]).toContain("<dc:title>Titre d’essai</dc:title>");
  expect(Object.values(parts).join()).toMatch(/4 juillet 2026\s·\sModèle d’essai/);
  expect(parts["word/_rels/document.xml.rels"]).toContain("https://www.service-public.fr/a?b=1&amp;c=2");
  expect(Object.values(parts).join()).not.toContain("javascript:");
});

it("an OpenDocument text has its type first, styles of titles, lists, a header row, footnotes and French", async () => {
  const file = await writeFile(anExchange(ANSWER), "odt");
  expect(Buffer.from(file.subarray(30, 77)).toString()).toBe("mimetypeapplication/vnd.oasis.opendocument.text");
  const parts = await partsOf(file);
  const body = parts["content.xml"] ?? "";
  expect(body).toContain('<text:h text:style-name="Heading_20_2" text:outline-level="2">Note</text:h>');
  expect(body).toContain('<text:list text:style-name="Numbers"><text:list-item text:start-value="3">');
  expect(body).toContain("<table:table-header-rows>");
  expect(body.match(/<text:note /g)).toHaveLength(3);
  expect(body).toContain('xlink:href="https://www.service-public.fr/a?b=1&amp;c=2"');
  expect(body).not.toContain("javascript:");
  expect(parts["meta.xml"]).toMatch(/<dc:title>Titre d’essai<[\s\S]*<dc:language>fr-FR</);
  expect(parts["styles.xml"]).toMatch(/4 juillet 2026\s·\sModèle d’essai[\s\S]*<text:page-number/);
});

it("a PDF is tagged, in French, with its title, and its text can be read", async () => {
  const file = await writeFile(anExchange(ANSWER), "pdf");
  const raw = Buffer.from(file).toString("latin1");
  expect(raw).toContain("/Marked true");
  expect(raw).toContain("(fr-FR)");
  expect(raw).toMatch(/\/S \/H1[\s\S]*\/S \/L[\s\S]*\/S \/Table/);
  expect(raw).toMatch(/\/Type \/Outlines|\/Outlines/);
  const text = await read(file, "essai.pdf");
  for (const said of ["Titre d’essai", "deux mois", "Troisième", "1 200,00 €", "E = mc^2", "rapport.pdf, page 3"])
    expect(text.replaceAll("\u00a0", " ")).toContain(said);
});

it("Markdown has its sources as footnotes, and nothing that an editor would load", () => {
  const markdown = writeMarkdown(anExchange(ANSWER));
  expect(markdown).toContain(
    "Le **délai** est de *deux mois* [^1], voir [le site](<https://www.service-public.fr/a?b=1&c=2>) [^2]",
  );
  expect(markdown).toContain("et encore [^1], pas \\[3\\].");
  expect(markdown).toContain("[^1]: rapport.pdf, page 3\n[^2]: Congés, service-public.fr, lue le 1er novembre 2026");
  expect(markdown).toContain("```\ncode [1]\n```");
  expect(markdown).toContain("`[1]`");
  expect(markdown).not.toMatch(/javascript:|!\[/);
});

it("a question is taken away as it was typed, never as Markdown", async () => {
  const typed = "# Pas un titre\n* ni une liste\n\n<script>alert(1)</script>";
  expect(writeMarkdown(anExchange("Bien.", typed))).toContain(
    "\\# Pas un titre\\\n\\* ni une liste\n\n\\<script\\>alert(1)\\</script\\>",
  );
  expect(await read(await writeFile(anExchange("Bien.", typed), "docx"), "a.docx")).toContain("alert(1)");
});

it("names files as every system takes them, in old browsers too", () => {
  expect(fileNameFor('Congés : « été » a/b\\c? "x" ..', "docx")).toBe("Congés « été » a b c x.docx");
  expect(fileNameFor("‮fdp.exe", "pdf")).toBe("fdp.exe.pdf");
  expect([...fileNameFor("x".repeat(300), "zip")].length).toBe(84);
  expect(contentDisposition('Été "à" 100 %.pdf')).toBe(
    "attachment; filename=\"Ete _a_ 100 _.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20%22%C3%A0%22%20100%20%25.pdf",
  );
  const unique = uniqueNames();
  expect(["a.md", "A.md", "a.md"].map(unique)).toEqual(["a.md", "A (2).md", "a (3).md"]);
});
