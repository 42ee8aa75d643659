import { expect, it } from "vitest";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { rankWebPassages } from "./rank-passages";

const LIMITS = { pagesMax: 8, tokensMax: 6_000 };
const page = (text: string) => ({ page: { text } });
const filler = (subject: string, paragraphs: number) =>
  Array.from(
    { length: paragraphs },
    (_, index) => `${`Le paragraphe ${index} de ${subject} parle de tout autre chose, à loisir. `.repeat(8).trim()}`,
  ).join("\n\n");
const tokensOf = (chosen: ReturnType<typeof rankWebPassages>) =>
  chosen.reduce((sum, { heading, text }) => sum + estimateTokens(`${heading ?? ""} ${text}`), 0);

it("gives the passages that answer, where they begin, in the order of the pages", () => {
  const answer = "Le congé parental dure six mois au plus, renouvelables.";
  const pages = [
    page(`${filler("l’intendance", 40)}\n\n## Congé parental\n\n${answer}\n\n${filler("la suite", 40)}`),
    page(`# Parents\n\n${answer.replace("six", "trois")}\n\n${filler("la fin", 40)}`),
  ];

  const chosen = rankWebPassages(pages, "Combien de mois dure un congé parental ?", { ...LIMITS, tokensMax: 900 });

  expect(chosen.map(({ pageIndex }) => pageIndex)).toEqual([...chosen.map(({ pageIndex }) => pageIndex)].sort());
  expect(chosen.find(({ text }) => text.includes(answer))).toMatchObject({ pageIndex: 0, heading: "Congé parental" });
  expect(chosen.some(({ text, pageIndex }) => pageIndex === 1 && text.includes("trois mois"))).toBe(true);
  for (const { pageIndex, start, text } of chosen) {
    const opening = text.split("\n", 1)[0] ?? "";
    expect(pages[pageIndex]?.page.text.startsWith(opening, start)).toBe(true);
  }
  expect(tokensOf(chosen)).toBeLessThanOrEqual(900);
});

it("gives something of each page before more of the one that answers best, and counts what it gives", () => {
  const rich = Array.from(
    { length: 60 },
    (_, day) => `## Télétravail ${day}\n\n${"Le télétravail est de deux jours par semaine. ".repeat(12)}`,
  );
  const poor = Array.from({ length: 7 }, (_, index) =>
    page(`${filler(`page ${index}`, 60)}\n\nUn télétravail n° ${index}.`),
  );

  const chosen = rankWebPassages([page(rich.join("\n\n")), ...poor], "jours de télétravail par semaine", LIMITS);

  expect(new Set(chosen.filter(({ text }) => text.includes("élétravail")).map(({ pageIndex }) => pageIndex)).size).toBe(
    8,
  );
  expect(chosen.filter(({ pageIndex }) => pageIndex === 0).length).toBeGreaterThan(5);
  expect(tokensOf(chosen)).toBeLessThanOrEqual(6_000);
  expect(tokensOf(chosen)).toBeGreaterThan(5_000);
});

it("reads no more pages than it may", () => {
  const pages = Array.from({ length: 10 }, (_, index) => page(`Le congé numéro ${index} est accordé.`));

  expect(rankWebPassages(pages, "congé", LIMITS).map(({ pageIndex }) => pageIndex)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it("gives a short page whole when nothing of it is asked by name, and its beginning when it is long", () => {
  const short = "# Note\n\nLa réunion est avancée à lundi.\n\nLe lieu ne change pas.";
  const long = filler("la note", 200);

  expect(rankWebPassages([page(short)], "Résume https://exemple.fr/x", LIMITS).map(({ text }) => text)).toEqual([
    short,
  ]);
  const chosen = rankWebPassages([page(long)], "?", LIMITS);
  expect(chosen[0]).toMatchObject({ pageIndex: 0, start: 0 });
  expect(tokensOf(chosen)).toBeGreaterThan(5_000);
});

it("gives once what several pages repeat", () => {
  const same = "Le congé de formation est rémunéré la première année.";

  expect(rankWebPassages([page(same), page(same), page(`${same} Ou pas.`)], "congé de formation", LIMITS)).toEqual([
    { pageIndex: 0, heading: null, text: same, start: 0 },
    { pageIndex: 2, heading: null, text: `${same} Ou pas.`, start: 0 },
  ]);
});

it("finds a word that was mistyped", () => {
  const text = `${filler("autre", 60)}\n\nLa disponibilité est accordée pour trois ans.`;

  const chosen = rankWebPassages([page(text)], "disponnibilté", { ...LIMITS, tokensMax: 300 });

  expect(chosen.map((passage) => passage.text).join()).toContain("disponibilité");
});

it("places the parts of a long table on their own rows", () => {
  const rows = Array.from({ length: 120 }, (_, index) => `| Direction ${index} | ${index * 10} agents et vacataires |`);
  const text = `# Effectifs\n\n| Service | Effectif |\n| --- | --- |\n${rows.join("\n")}`;

  const chosen = rankWebPassages([page(text)], "Direction 90", LIMITS);

  const part = chosen.find((passage) => passage.text.includes("| Direction 90 |"));
  expect(part?.text.startsWith("| Service | Effectif |")).toBe(true);
  expect(text.slice(part?.start).startsWith(part?.text.split("\n")[2] ?? "?")).toBe(true);
});

it("gives nothing of nothing", () => {
  expect(rankWebPassages([], "congé", LIMITS)).toEqual([]);
  expect(rankWebPassages([page(""), page("mot")], "congé", { ...LIMITS, tokensMax: 0 })).toEqual([]);
});

it("leaves out the end of the longest pages when they are too long together, and of no other", () => {
  const answer = "Le congé bonifié dure trente et un jours.";
  const long = (subject: string) => filler(subject, 400).slice(0, 199_000);
  const isFound = (pages: Parameters<typeof rankWebPassages>[0]) =>
    rankWebPassages(pages, "congé bonifié", LIMITS).some(({ text }) => text.includes(answer));

  const others = Array.from({ length: 6 }, (_, index) => page(long(`sujet ${index}`)));
  expect(isFound([...others, page(`${long("la fin")}\n\n${answer}`)])).toBe(false);
  expect(isFound([...others, page(`${filler("le début", 20)}\n\n${answer}`)])).toBe(true);
  expect(isFound([page(filler("le début", 20)), page(`${long("la fin")}\n\n${answer}`)])).toBe(true);
});
