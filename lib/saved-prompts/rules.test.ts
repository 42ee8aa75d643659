import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  fieldsOf,
  fillIn,
  findPrompts,
  PROMPT_CHARACTERS_MAX,
  PROMPT_TITLE_CHARACTERS_MAX,
  readPrompts,
} from "./rules";

it("finds the fields of a text, each once, in their order", () => {
  expect(fieldsOf("De {{objet}} à {{ destinataire }}, et {{objet}} encore")).toEqual(["objet", "destinataire"]);
});

it("takes for a field neither single braces, nor what is empty, too long or on two lines", () => {
  const text = `{sujet} {{}} {{  }} {{${"x".repeat(61)}}} {{a\nb}} {{{}}}`;
  expect(fieldsOf(text)).toEqual([]);
  expect(fillIn(text, { sujet: "non" })).toBe(text);
});

it("fills the fields in, and leaves the empty ones visible", () => {
  expect(fillIn("À {{qui}} : {{quoi}} ({{qui}})", { qui: " Anne ", quoi: "  " })).toBe("À Anne : [quoi] (Anne)");
});

it("puts what was typed as it is, be it a field or a sign of replacement", () => {
  expect(fillIn("{{a}} {{b}}", { a: "{{b}} $& $1", b: "oui" })).toBe("{{b}} $& $1 oui");
});

it("finds prompts by words in any order, without accents or case, those with the words in their title first", () => {
  const prompts = [
    { title: "Courrier", text: "Une note de synthèse" },
    { title: "Synthèse d’une note", text: "…" },
    { title: "Tableau", text: "…" },
  ];
  expect(findPrompts(prompts, "NOTE synthese").map(({ title }) => title)).toEqual(["Synthèse d’une note", "Courrier"]);
  expect(findPrompts(prompts, "  ")).toEqual(prompts);
  expect(findPrompts(prompts, "rien de tel")).toEqual([]);
});

it("reads the prompts of a Markdown file, and leaves out what has no text", () => {
  expect(readPrompts("Avant.\n\n## Un\n\nTexte\n\n- a\n### Trois\n\n## Vide\n\n## Deux  \nSuite\n")).toEqual([
    { title: "Un", text: "Texte\n\n- a\n### Trois" },
    { title: "Deux", text: "Suite" },
  ]);
  expect(readPrompts("")).toEqual([]);
});

it("ships twelve prompts, each short enough to be copied", () => {
  const shipped = readPrompts(readFileSync("content/demandes-types.md", "utf8"));
  expect(shipped).toHaveLength(12);
  for (const { title, text } of shipped) {
    expect(title.length).toBeLessThanOrEqual(PROMPT_TITLE_CHARACTERS_MAX);
    expect(text.length).toBeLessThanOrEqual(PROMPT_CHARACTERS_MAX);
    expect(fieldsOf(text).length, title).toBeGreaterThan(0);
  }
});
