import { expect, it } from "vitest";
import { parseHistoryQuery, writeHistoryQuery } from "@/lib/history/rules";
import { readFilters, withControls, withFilter } from "./query-filters";

const none = { withFile: false, withWeb: false, model: "", project: "", after: "", before: "" };

it("reads back each filter that it writes", () => {
  const written = [
    ["withFile", true],
    ["withWeb", true],
    ["model", "Mistral Large 3"],
    ["project", "Loi de finances"],
    ["after", "2026-03-31"],
    ["before", "2026-12-01"],
  ] as const;
  const query = written.reduce((text, [name, value]) => withFilter(text, name, value), "budget");
  expect(query).toBe(
    'budget avec:fichier avec:web modèle:"Mistral Large 3" projet:"Loi de finances" après:2026-03-31 avant:2026-12-01',
  );
  expect(writeHistoryQuery(parseHistoryQuery(query))).toBe(query);
  expect(readFilters(query)).toEqual(Object.fromEntries(written));
  expect(written.reduce((text, [name]) => withFilter(text, name, none[name]), query)).toBe("budget");
});

it("puts a filter in the place of the same one, however it was typed, and leaves the rest as it is", () => {
  expect(withFilter('"l’an  dernier" MODELE:petit -essai', "model", "grand")).toBe(
    '"l’an dernier" -essai modèle:grand',
  );
  expect(withFilter("Avec:Fichiers apres:2020 note", "after", "2026-01-02")).toBe(
    "Avec:Fichiers note après:2026-01-02",
  );
  expect(withFilter("l’avant:2020", "before", "")).toBe("l’avant:2020");
  expect(withFilter("PROJET:«\u00a0Loi de finances\u00a0» note", "project", 'L’"État"')).toBe("note projet:L’État");
});

it("takes from a form sent without scripts only what was changed in its controls", () => {
  expect(withControls("budget avec:fichier", "budget", none)).toBe("budget avec:fichier");
  expect(withControls("budget", "budget", { ...none, withWeb: true })).toBe("budget avec:web");
  expect(withControls("budget avec:web", "budget avec:web", none)).toBe("budget");
});
