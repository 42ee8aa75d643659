import { expect, it } from "vitest";
import { questionWords, sharedWords } from "./question-words";

const QUESTION =
  "Quels sont les congés annuels de l’agent, selon l’article L. 3133-1 (travail/vie) ? Les congés bonifiés ?";

it.each([
  ["words of the question", "congés annuels", "congés annuels"],
  ["their order", "annuels congés agent", "congés annuels l’agent"],
  ["their repetitions", "congés annuels congés congés annuels", "congés annuels"],
  ["their spellings", "CONGÉ annuel cOnGéS", "congés annuels"],
  ["single letters", "m o t congés d e p a s s e", "congés"],
  ["words that say nothing", "le la les congés des mes tes ses", "congés"],
  ["signs that are no letters", "congés ⠓⠑⠇⠇⠕ 🔑🔒 +-+--+ ||", "congés"],
  ["accents and invisible marks", "congés a\u0301nnuels\u200b\u{e0061}", "congés annuels"],
  ["parts of what is written together", "travail 3133", "3133 travail"],
  ["an article", "article L3133-1", "l’article 3133-1"],
])("keeps nothing but what the question says: of %s", (_what, query, kept) => {
  expect(questionWords(query, QUESTION)).toBe(kept);
});

it.each([
  ["other words", "congés de Camille"],
  ["a number", "congés 4217"],
  ["words written together", "congésannuels"],
  ["nothing but single letters", "m o t d e p a s s e"],
  ["nothing but signs", "⠓⠑⠇⠇⠕"],
])("is none for a query with %s", (_what, query) => {
  expect(questionWords(query, QUESTION)).toBeNull();
});

it("leaves out, when asked for what is shared, all that was not said", () => {
  expect(sharedWords("congé annuel du dossier secret, congés", "Quels congés annuels ? Lesquels ?")).toBe(
    "congés annuels",
  );
  expect(sharedWords("dossier secret", "Quels congés ?")).toBe("");
});
