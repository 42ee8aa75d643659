import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toLexemes } from "./lexemes";
import { lexemesOf, toPassages, toVector } from "./passages";

const page = (text: string, number = 1, label: string | null = null) => ({ number, label, text });
const words = (text: string) => toLexemes(text).map(({ lexeme }) => lexeme);
const sentences = (count: number, about: string) =>
  Array.from({ length: count }, (_, index) => `La phrase ${index} parle de ${about} et de rien d’autre.`).join(" ");

describe("passages", () => {
  it("are as long as a few paragraphs, and keep their page", () => {
    const text = Array.from({ length: 12 }, (_, index) => sentences(6, `sujet${index}`)).join("\n\n");
    const passages = toPassages([page(text), page("Fin.", 2)]);
    expect(passages.length).toBeGreaterThan(3);
    expect(passages.every((passage) => passage.text.length <= 1_200 + 200)).toBe(true);
    expect(passages.map((each) => each.page)).toEqual([...Array(passages.length - 1).fill(1), 2]);
    expect(passages.slice(0, -1).map(({ position }) => position)).toEqual([...Array(passages.length - 1).keys()]);
  });

  it("begin at headings, and say under which they are even when they follow", () => {
    const text = `# Congés\n\n${sentences(15, "vacances")}\n\n## Maladie\n\n${sentences(30, "arrêt")}`;
    const passages = toPassages([page(text), page("Suite sans titre.", 2)]);
    expect(new Set(passages.map(({ heading }) => heading))).toEqual(new Set(["Congés", "Maladie"]));
    expect(passages.find(({ text }) => text.startsWith("## Maladie"))?.heading).toBe("Maladie");
    expect(passages.at(-1)).toMatchObject({ page: 2, heading: "Maladie" });
    // A title is never left at the end of the passage before.
    expect(passages.every((passage) => !/\n## Maladie$/.test(passage.text))).toBe(true);
  });

  it("repeat the last sentence of the one before", () => {
    const passages = toPassages([page(`${sentences(20, "budget")}\n\n${sentences(20, "contrôle")}`)]);
    const last = passages[0]?.text.split(/(?<=\.) /).at(-1) ?? "?";
    expect(passages[1]?.text.startsWith(last)).toBe(true);
  });

  it("keep the header of a table that is cut", () => {
    const rows = Array.from({ length: 80 }, (_, index) => `| Agent ${index} | ${index * 10} € |`);
    const passages = toPassages([page(["| Nom | Prime |", "| --- | --- |", ...rows].join("\n"))]);
    expect(passages.length).toBeGreaterThan(1);
    for (const { text } of passages) expect(text.startsWith("| Nom | Prime |\n| --- | --- |\n| Agent")).toBe(true);
  });

  it("keep every word of the pages, whatever they hold", () => {
    const line = fc.oneof(
      fc.constantFrom("", "# Titre", "## Sous-titre", "| a | b |", "| --- | --- |", "```", "Une phrase. Une autre !"),
      fc.lorem({ maxCount: 120 }),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 15 }), { maxLength: 4 }), (pages) => {
        const texts = pages.map((lines, index) => page(lines.join("\n"), index + 1));
        const passages = toPassages(texts);
        for (const { number, text } of texts) {
          const kept = passages.filter((passage) => passage.page === number).map((passage) => passage.text);
          const letters = (of: string) => new Set(of.match(/\p{L}{3,12}/gu));
          const found = letters(kept.join(" "));
          expect([...letters(text)].filter((word) => !found.has(word))).toEqual([]);
        }
      }),
    );
  });
});

describe("lexemes", () => {
  it("are the same in ordinary letters as in any", () => {
    const piece = fc.constantFrom(
      ..."a é È œ Œ ß ñ ÿ 1 23 456 7890 . , ’ ' - « » “ € ° § / \u00a0 \t \n R.S.A. l’article congés délivrée état".split(
        " ",
      ),
      " ",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        expect(toLexemes(text)).toEqual(toLexemes(`${text} ∞`));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["Délivrée, délivrés, DELIVRER", ["delivr", "delivr", "delivr"]],
    ["L’agent, les agents", ["agent", "agent"]],
    ["mesure, mesurer, majeur, majeure", ["mesu", "mesu", "majeu", "majeu"]],
    ["l'article L. 3133-1", ["articl", "3133", "1"]],
    ["article L3133-1", ["articl", "3133", "1"]],
    ["1 200 € et 15 000 000", ["1200", "15000000"]],
    ["Le R.S.A. et le RSA", ["rsa", "rsa"]],
    ["œuvre, oeuvre", ["oeuvr", "oeuvr"]],
    ["des chevaux, un cheval", ["cheval", "cheval"]],
    ["Quel est le ?", []],
  ])("of « %s »", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("tell those of titles, and are written as PostgreSQL stores them", () => {
    const lexemes = lexemesOf({ heading: "Congés", text: "Durée des congés.\n## Report\nAucun." });
    expect(toVector(lexemes)).toBe("'cong':1A,4 'dure':2 'report':5A");
  });
});
