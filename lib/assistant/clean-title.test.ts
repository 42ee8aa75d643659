import fc from "fast-check";
import { expect, it } from "vitest";
import { cleanTitle } from "./clean-title";

it.each([
  ["Relance d’une convention", "Relance d’une convention"],
  ["« Relance d’une convention »", "Relance d’une convention"],
  ['"Relance d’une convention."', "Relance d’une convention"],
  ["Titre : Relance d’une convention", "Relance d’une convention"],
  ["**Titre :** Relance d’une convention", "Relance d’une convention"],
  ['**Titre proposé : "Relance d’une convention".**', "Relance d’une convention"],
  ["# Relance d’une convention", "Relance d’une convention"],
  ["1. Relance d’une convention", "Relance d’une convention"],
  ["Voici un titre :\n\n*Relance d’une convention*", "Relance d’une convention"],
  ["Relance d’une convention\n\nCe titre résume le sujet de la demande.", "Relance d’une convention"],
  ["[Relance](https://pirate.example) d’une convention", "Relance d’une convention"],
  ["relance   d’une\tconvention…", "Relance d’une convention"],
  ["Title: Renewing a residence permit", "Renewing a residence permit"],
  ["Quel budget voirie en 2026 ?", "Quel budget voirie en 2026 ?"],
  ["L’avenir du service", "L’avenir du service"],
  ["预算审查", "预算审查"],
])("reads %j as %j", (said, title) => {
  expect(cleanTitle(said)).toBe(title);
});

it.each([
  "",
  "   \n ",
  "...",
  "« »",
  "Titre :",
  "123 456",
  "Bien sûr, je peux vous proposer un titre pour cette conversation au sujet de votre convention",
  "a".repeat(81),
  "Voici une proposition.\n\nMadame,\n\nBonjour,\n\nCordialement",
])("finds no title in %j", (said) => {
  expect(cleanTitle(said)).toBeNull();
});

it("gives one short line of plain text, whatever the model says, and cleans it no further when asked again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 120 }), (said) => {
      const title = cleanTitle(said);
      if (title === null) return;
      expect(title).not.toMatch(/[\n\r⟦⟧<>]/);
      expect(title.length).toBeLessThanOrEqual(81);
      expect(title.trim()).toBe(title);
      expect(cleanTitle(title)).toBe(title);
    }),
  );
});
