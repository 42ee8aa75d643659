import { describe, expect, it } from "vitest";
import { searchNames, toExcerpt, toTsquery, toWords } from "./library-words";

const named = [
  { id: "a", name: "Convention_de_partenariat-2024.pdf" },
  { id: "b", name: "Délibération n° 12.docx" },
  { id: "c", name: "notes.txt" },
];
const found = (query: string, elsewhere = 0) => [...searchNames(named, query, elsewhere).entries()];

describe("names", () => {
  it.each([
    ["convention", "a"],
    ["CONVENTION", "a"],
    ["partenariat 2024", "a"],
    ["deliberation", "b"],
    ["délibérations", "b"],
    ["délib", "b"],
    ["delibreation", "b"],
    ["12", "b"],
    [".txt", "c"],
    ["ote", "c"],
  ])("« %s » finds %s", (query, id) => {
    expect(found(query).map(([each]) => each)).toEqual([id]);
  });

  it("tells which of the words each holds", () => {
    expect(found("convention 12")).toEqual([
      ["a", 0b01],
      ["b", 0b10],
    ]);
  });

  it("does not take a word that is in a text for a slip of the finger", () => {
    expect(found("conversion")).toEqual([["a", 1]]);
    expect(found("conversion", 1)).toEqual([]);
  });

  it("finds nothing that is nowhere", () => {
    expect(found("xylophone")).toEqual([]);
    expect(found("'; select * & | :* --")).toEqual([]);
  });
});

describe("words", () => {
  it("are folded and stemmed; the last may be the beginning of others", () => {
    expect(toWords("Les congés de budg").map(toTsquery)).toEqual(["'cong'", "'budg':*"]);
    expect(toWords("budget ").map(toTsquery)).toEqual(["'budget'"]);
    expect(toWords("a b :* & | ! ' \\")).toEqual([]);
  });
});

describe("an excerpt", () => {
  const marked = (text: string, query: string) =>
    toExcerpt(text, toWords(query))
      .map(({ text: part, isMarked }) => (isMarked ? `[${part}]` : part))
      .join("");

  it("marks the words as they are written", () => {
    expect(marked("La durée des Congés annuels.", "congé annuel")).toBe("La durée des [Congés] [annuels].");
  });

  it("is taken where the most words are near each other, and cut between words", () => {
    const far = "montant ".concat("mot ".repeat(100));
    const text = `${far}Le montant de la convention est de 4 512 euros. ${"fin ".repeat(100)}`;
    const excerpt = marked(text, "montant convention");
    expect(excerpt).toContain("Le [montant] de la [convention] est de 4 512 euros.");
    expect(excerpt).toMatch(/^… mot/);
    expect(excerpt).toMatch(/fin …$/);
    expect(excerpt.length).toBeLessThan(260);
  });

  it("counts only words that it shows", () => {
    const more = "mot ".repeat(50);
    const apart = `${more}budget ${"mot ".repeat(43)}convention`;
    expect(marked(`${apart} ${more}${more}la convention du budget`, "budget convention")).toContain(
      "la [convention] du [budget]",
    );
  });

  it("does not cut a sign in two", () => {
    const excerpt = marked(`budget ${"x".repeat(212)}${"😀".repeat(20)}`, "budget");
    expect(excerpt.isWellFormed()).toBe(true);
  });

  it("is prose, without the signs of Markdown", () => {
    expect(marked("## Titre\n\n| A | B |\n|---|---|\n| **gras** | [lien](https://a.fr) |", "gras")).toBe(
      "Titre A B [gras] lien",
    );
  });
});
