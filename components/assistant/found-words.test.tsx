import { expect, it } from "vitest";
import { wordFinder } from "./found-words";

const found = (query: string, text: string) => wordFinder(query)(text).map(({ start, end }) => text.slice(start, end));

it("finds words whatever their accents, their case and their agreement, behind an elision too", () => {
  expect(found("delivree d'agent", "L’agent a reçu les pièces DÉLIVRÉES aux agents.")).toEqual([
    "agent",
    "DÉLIVRÉES",
    "agents",
  ]);
});

it("finds the beginning of a word that one had not finished to type, from four letters", () => {
  expect(found("subv", "La subvention et ses subventions.")).toEqual(["subvention", "subventions"]);
  expect(found("su", "La subvention.")).toEqual([]);
});

it("finds a phrase only where its words follow each other", () => {
  expect(found('"mise en demeure"', "La mise en demeure suit la mise à jour, en demeure.")).toEqual([
    "mise en demeure",
  ]);
});

it("marks neither what is excluded nor filters", () => {
  expect(found("congés -maladie avec:fichier", "Congés de maladie avec un fichier")).toEqual(["Congés"]);
});

it.each(["", '"', "-", "😀", "%_\\", "avec:", "a".repeat(10_000)])("takes %j for what it is", (query) => {
  expect(() => found(query, "Un texte 😀 quelconque")).not.toThrow();
});
