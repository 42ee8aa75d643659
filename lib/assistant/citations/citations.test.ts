import fc from "fast-check";
import { expect, it } from "vitest";
import { isCitedPage } from "@/lib/conversations/rules";
import type { CitedSource } from "@/lib/conversations/schema";
import { createCitationCheck } from "./check-citations";
import { createMarkerReader, type Piece } from "./markers";
import { findParagraph, findQuotation, quotationsIn } from "./quotations";
import { createSources, type GivenSource, webSource } from "./sources";

const ARTICLE =
  "Article 5. Le délai de recours est de **deux mois** à compter\nde la notification. Il est prorogé par l’opposition.";
const NOTE = "La réunion se tient salle B.\n\nLe budget s’élève à 1 200 euros pour l’année.";

const source = (text: string, { page = 1, ...more }: Partial<GivenSource> & { page?: number } = {}): GivenSource => ({
  origin: {
    documentId: "00000000-0000-4000-8000-000000000001",
    name: "rapport.pdf",
    page,
    kind: "page",
    label: null,
    isRecognised: false,
  },
  text,
  start: 0,
  isPassage: false,
  ...more,
});

function given() {
  const sources = createSources();
  sources.add(source(ARTICLE));
  sources.add(source(NOTE, { page: 2 }));
  return sources;
}

/** What is let through of a text that comes in `pieces`, whatever they are. */
function checkAll(pieces: readonly string[], sources = given()) {
  const check = createCitationCheck(sources);
  const all = [...pieces.map((piece) => check.add(piece)), check.end()];
  const sum = (of: "checked" | "dropped" | "unfound") => all.reduce((total, { checks }) => total + checks[of], 0);
  return {
    text: all.map(({ delta }) => delta).join(""),
    cited: all.flatMap(({ cited }) => cited),
    checks: { checked: sum("checked"), dropped: sum("dropped"), unfound: sum("unfound") },
  };
}

const pageOf = (cited: CitedSource): number | null => (isCitedPage(cited) ? null : cited.page);

function passageOf(cited: CitedSource | undefined): string {
  if (!cited) return "";
  const text = isCitedPage(cited) ? cited.passage : cited.page === 1 ? ARTICLE : NOTE;
  return text.slice(cited.start, cited.end);
}

it("keeps a marker that names what was given, and finds what it is about", () => {
  const { text, cited, checks } = checkAll(["Le budget est de 1 200 euros [2]."]);
  expect(text).toBe("Le budget est de 1 200 euros [1].");
  expect(cited).toMatchObject([{ number: 1, page: 2, name: "rapport.pdf" }]);
  expect(passageOf(cited[0])).toBe("Le budget s’élève à 1 200 euros pour l’année.");
  expect(checks).toEqual({ checked: 1, dropped: 0, unfound: 0 });
});

it("takes out a marker that names nothing, with the space before it, and nothing else", () => {
  const { text, checks } = checkAll(["Voir l’annexe [7], et la suite [0] [12]."]);
  expect(text).toBe("Voir l’annexe, et la suite.");
  expect(checks).toEqual({ checked: 0, dropped: 3, unfound: 0 });
});

it("finds a quotation whatever its typography, its Markdown and its line ends", () => {
  const { text, cited } = checkAll(["Il « est de deux mois à compter de la notification » [1]."]);
  expect(text).toBe("Il « est de deux mois à compter de la notification » [1].");
  expect(passageOf(cited[0])).toBe("est de **deux mois** à compter\nde la notification");
  const { start, end } = findQuotation(ARTICLE, "le DELAI de recours […] prorogé par l'opposition") ?? {
    start: 0,
    end: 0,
  };
  expect(ARTICLE.slice(start, end)).toMatch(/^Le délai de recours .* prorogé par l’opposition$/s);
  expect(findQuotation(ARTICLE, "prorogé … délai de recours")).toBeNull();
  expect(findQuotation(ARTICLE, "deux moi")).toBeNull();
  expect(findQuotation("cœur de l’ŒUVRE", "coeur de l'oeuvre")).toEqual({ start: 0, end: 15 });
  expect(quotationsIn("« usager », « Langage clair », “un deux trois”")).toEqual(["un deux trois"]);
});

it("says that a quotation is found nowhere, and takes its marker out", () => {
  const { text, checks } = checkAll(["Il précise « le recours suspend la décision attaquée » [1]. Fin."]);
  expect(text).toBe("Il précise « le recours suspend la décision attaquée » (citation non retrouvée). Fin.");
  expect(checks).toEqual({ checked: 0, dropped: 0, unfound: 1 });
});

it("corrects the marker of a quotation that comes from elsewhere in what was given", () => {
  const { text, cited, checks } = checkAll(["On lit « se tient salle B » [1], puis « deux mois à compter » [9]."]);
  expect(text).toBe("On lit « se tient salle B » [1], puis « deux mois à compter » [2].");
  expect(cited.map(pageOf)).toEqual([2, 1]);
  expect(checks).toEqual({ checked: 2, dropped: 0, unfound: 0 });
});

it("numbers what is cited in the order of the text, and the same passage always the same", () => {
  const { text, cited } = checkAll([
    "Budget de 1 200 euros [2]. Recours de deux mois [1]. Encore 1 200 euros de budget [2].",
  ]);
  expect(text).toBe("Budget de 1 200 euros [1]. Recours de deux mois [2]. Encore 1 200 euros de budget [1].");
  expect(cited.map(({ number }) => number)).toEqual([1, 2, 1]);
});

it("does not mix a quotation with the marker of another sentence", () => {
  const said = "Elle dit « se tient salle B ». Le délai de recours est de deux mois [1].";
  const { text, cited } = checkAll([said]);
  expect(text).toBe(said);
  expect(cited.map(pageOf)).toEqual([1]);
  expect(checkAll(["On lit « salle B. Le budget s’élève » (art. L. 2) [2]"]).cited).toMatchObject([{ page: 2 }]);
});

it.each([
  ["[1, 2]", "[1][2]"],
  ["[1][2]", "[1][2]"],
  ["[1] [2]", "[1] [2]"],
  ["[source 2]", "[1]"],
  ["[source 2, page 2]", "[1]"],
  ["[Sources 1 et 2]", "[1][2]"],
  ["【2†L1-L4】", "[1]"],
  ["[1, 44]", "[1]"],
])("reads %s as markers", (written, expected) => {
  for (const pieces of [[`Texte ${written}`], [...`Texte ${written}`], [`Texte ${written}.`]])
    expect(checkAll(pieces).text.replace(/\.$/, "")).toBe(`Texte ${expected}`);
});

it.each([
  "`tableau[1]`",
  "```js\nconst a = liste[7];\n```\nSuite",
  "[7](https://exemple.fr)",
  "[1]: https://exemple.fr",
  "[^7]",
  "- [ ] à faire\n- [x] fait",
  "[2 mots]",
  "[2024-12]",
  "[sourcer]",
  "Une fin ouverte [7",
  "``a`[7]``",
])("leaves %s as it is", (text) => {
  for (const pieces of [[text], [...text]]) expect(checkAll(pieces)).toMatchObject({ text, cited: [] });
});

it("leaves everything as it is when nothing was given", () => {
  const text = "Voir [1], [7] et « ce qui n’est pas là » [3].";
  expect(checkAll([...text], createSources())).toEqual({
    text,
    cited: [],
    checks: { checked: 0, dropped: 0, unfound: 0 },
  });
});

it("never shows a marker before it is checked, nor anything of it", () => {
  const check = createCitationCheck(given());
  const shown = [..."Oui [7] [2]."].map((character) => check.add(character).delta);
  expect(shown.slice(0, 7).join("")).toBe("Oui");
  expect(shown.join("") + check.end().delta).toBe("Oui [1].");
});

it("says the same however the text is cut, and loses no prose", () => {
  const words = fc.constantFrom(
    "Le délai",
    " ",
    "[1]",
    "[7]",
    "[",
    "]",
    "« deux mois à compter »",
    "`",
    "```\n",
    "\n",
    "(",
    ":",
    "é",
    "[2, 3]",
    "【1】",
    "[source 1, page 1]",
    ". ",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 25 }), fc.integer({ min: 1, max: 7 }), (parts, size) => {
      const text = parts.join("");
      const cut = text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
      expect(checkAll(cut)).toEqual(checkAll([text]));
      const reader = createMarkerReader();
      const raw = (pieces: Piece[]) =>
        pieces.map((piece) => (piece.type === "prose" ? piece.text : piece.space + piece.raw)).join("");
      expect(cut.map((piece) => raw(reader.add(piece))).join("") + raw(reader.end())).toBe(text);
    }),
    { numRuns: 500 },
  );
});

it("goes on with the numbers of the answer it continues", () => {
  const begun = checkAll(["Budget de 1 200 euros [2]"]);
  const check = createCitationCheck(given(), [{ type: "text", text: begun.text, sources: begun.cited }]);
  expect(check.add(", recours de deux mois [1], budget de 1 200 euros [2]. ").delta).toBe(
    ", recours de deux mois [2], budget de 1 200 euros [1].",
  );
});

it("cites as a whole a passage that was found, and nothing of a page where nothing is close", () => {
  const sources = createSources();
  sources.add(source("salle B.", { page: 2, start: 20, isPassage: true }));
  sources.add(source(ARTICLE, { start: null }));
  expect(checkAll(["Oui [1] et non [2]."], sources).cited).toMatchObject([
    { start: 20, end: 28 },
    { start: 0, end: 0 },
  ]);
  expect(findParagraph(NOTE, "rien de tel")).toBeNull();
});

it("forgets what was not sent, and gives the same number to what is given again", () => {
  const sources = given();
  sources.keepOnly(["⟦DÉBUT⟧\n[source 2, page 2]\nLa réunion parle de source 1, sans plus."]);
  expect(sources.get(1)).toBeUndefined();
  expect(sources.get(2)).toBeDefined();
  expect(sources.add(source(ARTICLE))).toBe(1);
  expect(sources.all()).toHaveLength(2);
});

it("checks what is cited of the web as what is cited of documents, and keeps each passage of a page apart", () => {
  const page = {
    url: "https://www.exemple.gouv.fr/conges",
    title: "Les congés",
    site: "exemple.gouv.fr",
    date: "2026-03-03",
    readAt: "2026-11-26T12:00:00.000Z",
  };
  const first = "Un agent a droit à cinq fois ses obligations hebdomadaires de service.";
  const second = "Les congés non pris peuvent alimenter un compte épargne-temps.";
  const sources = createSources();
  sources.add(webSource(page, first));
  sources.add(webSource(page, second));
  const { text, cited, checks } = checkAll(
    [
      "On lit « un compte épargne-temps » [1] et un droit à cinq fois le service [1], pas « une règle inventée de toutes pièces » [2].",
    ],
    sources,
  );
  expect(text).toBe(
    "On lit « un compte épargne-temps » [1] et un droit à cinq fois le service [2], pas « une règle inventée de toutes pièces » (citation non retrouvée).",
  );
  expect(cited).toMatchObject([
    { number: 1, url: page.url, passage: second, date: "2026-03-03" },
    { number: 2, url: page.url, passage: first },
  ]);
  expect(cited.map(passageOf)).toEqual(["un compte épargne-temps", first]);
  expect(checks).toEqual({ checked: 2, dropped: 0, unfound: 1 });
});
