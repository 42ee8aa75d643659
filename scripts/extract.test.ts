import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "extract-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "autre"));
  return folder;
}

const extract = (...parameters: string[]) =>
  spawnSync(process.execPath, ["scripts/extract.ts", ...parameters], { encoding: "utf8" });

it("writes the text and the summary of each file, whatever happens to the others", () => {
  const folder = aFolder();
  const paragraph = `${"Le conseil municipal a voté. ".repeat(30)}\n\n`;
  writeFileSync(join(folder, "note.txt"), paragraph.repeat(10));
  writeFileSync(join(folder, "autre", "NOTE.txt"), "Autre note");
  writeFileSync(join(folder, "vide.pdf"), "");
  const out = join(folder, "sortie");

  const files = [join(folder, "note.txt"), join(folder, "autre", "NOTE.txt"), join(folder, "vide.pdf")];
  const { status, stderr } = extract("--out", out, ...files);

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const produced = [
    "NOTE.txt-2.json",
    "NOTE.txt-2.txt",
    "note.txt.json",
    "note.txt.txt",
    "vide.pdf.json",
    "vide.pdf.txt",
  ];
  expect(readdirSync(out).sort()).toEqual(produced);
  expect(readFileSync(join(out, "note.txt.txt"), "utf8").split("\f")).toHaveLength(2);
  expect(readFileSync(join(out, "NOTE.txt-2.txt"), "utf8")).toBe("Autre note");
  const summary = (name: string) => JSON.parse(readFileSync(join(out, `${name}.json`), "utf8"));
  expect(summary("note.txt")).toEqual({
    file: files[0],
    type: "txt",
    language: "fr",
    pages: 2,
    milliseconds: expect.any(Number),
    peakMemoryBytes: expect.any(Number),
    warnings: [],
  });
  expect(summary("vide.pdf")).toMatchObject({ error: "empty_file" });
});

it.each([
  [["--sortie", "x", "a.txt"], "L’option « --sortie » est inconnue."],
  [["--out", "x"], "Il manque au moins un fichier à lire."],
  [["package.json"], "Il manque le dossier de sortie."],
  [["--out", "x", "nulle-part.pdf"], "« nulle-part.pdf » n’est pas un fichier."],
])("says in French what is wrong with %j", (parameters, sentence) => {
  const { status, stderr } = extract(...parameters);

  expect(status).toBe(1);
  expect(stderr).toBe(`${sentence} Usage : npm run extract -- --out DOSSIER FICHIER…\n`);
});
