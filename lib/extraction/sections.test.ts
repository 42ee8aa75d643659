import { describe, expect, it } from "vitest";
import { outlineOf, toSections } from "./sections.ts";

const paragraph = (length: number) => "mot ".repeat(length / 4).trim();

describe("sections", () => {
  it("keeps a short text whole, under its heading", () => {
    expect(toSections("# Titre\n\nUn mot.")).toEqual([{ kind: "section", label: "Titre", text: "# Titre\n\nUn mot." }]);
    expect(toSections("Un mot.")).toEqual([{ kind: "section", label: null, text: "Un mot." }]);
    expect(toSections(" \n\n")).toEqual([]);
  });

  it("cuts at a heading when there is enough before it", () => {
    const pages = toSections(`# A\n\n${paragraph(3_000)}\n\n## B\n\n${paragraph(3_000)}`);

    expect(pages.map(({ label }) => label)).toEqual(["A", "B"]);
  });

  it("names a section without a heading after the one before it", () => {
    const pages = toSections(`# A\n\n${paragraph(5_000)}\n\n${paragraph(5_000)}`);

    expect(pages.map(({ label }) => label)).toEqual(["A", "A"]);
  });

  it("loses nothing of a text without paragraphs, and never cuts a character in two", () => {
    const words = toSections(paragraph(40_000));
    expect(words.map(({ text }) => text).join(" ")).toBe(paragraph(40_000));
    expect(Math.max(...words.map(({ text }) => text.length))).toBeLessThanOrEqual(6_000);

    const emoji = toSections(`a${"🎉".repeat(9_000)}`);
    expect(emoji.map(({ text }) => text).join("")).toBe(`a${"🎉".repeat(9_000)}`);
    expect(emoji.every(({ text }) => text.isWellFormed())).toBe(true);
  });

  it("repeats the header of a table that is cut", () => {
    const rows = Array.from({ length: 600 }, (_, index) => `| ${index} | valeur ${index} |`);
    const pages = toSections(["| n | v |", "| --- | --- |", ...rows].join("\n"));

    expect(pages.length).toBeGreaterThan(1);
    for (const { text } of pages) expect(text.startsWith("| n | v |\n| --- | --- |\n| ")).toBe(true);
    expect(pages.flatMap(({ text }) => text.split("\n").slice(2))).toEqual(rows);
  });

  it("sees no heading in code", () => {
    const pages = toSections("# A\n\n```sh\n# commentaire\n\n# autre\n```\n\n## B ##");

    expect(outlineOf(pages)).toEqual([
      { title: "A", level: 1, page: 0 },
      { title: "B", level: 2, page: 0 },
    ]);
  });

  it("is not slowed down by a line made to be slow", () => {
    const start = performance.now();
    toSections(`# a${" #".repeat(1_000_000)}x`);

    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
