import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { withoutAdditions } from "@/bench/support/without-additions";

it.each([
  ["docx", "Le prix ⟨commentaire de Jeanne : à revoir⟩ est [fixé](https://exemple.fr/a).", "Le prix  est fixé."],
  ["docx", "⟨pied de page : Direction régionale⟩", "Direction régionale⟩"],
  ["pptx", "Titre\n\nNotes :\n\nÀ dire\n\n⟨diapositive masquée⟩", "Titre\n\n\n\nÀ dire\n\n"],
  ["xlsx", "⟨commentaire de Paul en A1 : Revoir⟩", ""],
  [
    "eml",
    "# Objet\n\nDe : a@exemple.fr\nÀ : b@exemple.fr\n\n# Titre\n\nBonjour\n\nPièces jointes :\n- a.pdf (1 ko)\n- b\n\n## Suite\n\nDe : c\n\nFin",
    "# Objet\n\n\n# Titre\n\nBonjour\n\n\n\n## Suite\n\n\nFin",
  ],
  ["txt", "De : a\nPièces jointes :\n- b", "De : a\nPièces jointes :\n- b"],
])("a %s is scored without what its reader adds on purpose, and with all its own words", (type, text, own) => {
  expect(withoutAdditions(text, type)).toBe(own);
});

it("the bench of extraction says that its corpus is not there, and how to name it", () => {
  const run = spawnSync(process.execPath, ["bench/extraction.ts", "--corpus", "/nulle/part"], { encoding: "utf8" });
  expect(run.status).toBe(2);
  expect(run.stderr).toBe(
    "Aucun corpus dans /nulle/part\u00a0: il y faut truth.tsv et score.mjs. Indiquez son dossier avec --corpus DOSSIER.\n" +
      "No corpus in /nulle/part: truth.tsv and score.mjs are needed there. Name its folder with --corpus FOLDER.\n",
  );
});
