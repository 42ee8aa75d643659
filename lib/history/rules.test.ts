import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anActor } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { findInConversation, searchHistory, searchHistoryQuickly } from "./queries";
import { findCursor, findProjects, parseHistoryQuery, startOfDay, toCursor, writeHistoryQuery } from "./rules";

describe("what is typed", () => {
  it("is read as words, phrases, exclusions and filters", () => {
    const text =
      'budget "compte rendu" «\u00a0l’état\u00a0» −secret -"très secret" avec:fichier AVEC:web modèle:"Mistral Small" après:01/03/2026 avant:2026-06';
    expect(parseHistoryQuery(text)).toEqual({
      words: ["budget"],
      phrases: ["compte rendu", "l’état"],
      excluded: ["secret", "très secret"],
      withFile: true,
      withWeb: true,
      model: "Mistral Small",
      project: null,
      after: "2026-03-01",
      before: "2026-06-01",
      misread: [],
    });
  });

  it.each([
    ["avant:2026", "2026-01-01"],
    ["avant:2026-03", "2026-03-01"],
    ["avant:03/2026", "2026-03-01"],
    ["avant:1/3/2026", "2026-03-01"],
    ['avant:"2026-03-01"', "2026-03-01"],
    ["avant:2026-02-30", null],
    ["avant:0001", null],
    ["avant:hier-soir", null],
  ])("« %s » is before %s", (text, day) => {
    expect(parseHistoryQuery(text)).toMatchObject({ before: day, misread: day ? [] : [text] });
  });

  it("is told to be misread for a filter that is none, or that says nothing", () => {
    expect(parseHistoryQuery("projet:Rénovation avec:rien modele: projet: budget")).toMatchObject({
      project: "Rénovation",
      words: ["budget"],
      misread: ["avec:rien", "modele:", "projet:"],
    });
  });

  it.each([
    ["rénovation", ["1"]],
    ["RENOVATION de l’école", ["2"]],
    ["loi", ["3"]],
    ["Note", ["4", "5"]],
    ['l\'"état"', ["6"]],
  ])("« %s » is a project, or the only one that begins so", (wanted, ids) => {
    const titles = ["Rénovation", "Rénovation de l’école", "Loi de finances", "note", "Note", 'L\'"État"'];
    const projects = titles.map((title, at) => ({ id: String(at + 1), title }));
    expect(findProjects(projects, wanted)).toEqual({ ids });
    expect(findProjects(projects, "Rénov")).toEqual({ ids: null, reason: "ambiguous" });
    expect(findProjects(projects, "finances")).toEqual({ ids: null, reason: "unknown" });
  });

  it("is written again as it was understood, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const { misread: _, ...query } = parseHistoryQuery(text);
        const { misread: __, ...again } = parseHistoryQuery(writeHistoryQuery({ ...query, misread: [] }));
        expect(again.withFile).toBe(query.withFile);
        expect(again.before).toBe(query.before);
      }),
    );
    const text =
      'budget "compte rendu" -secret avec:fichier avec:web modèle:"Mistral Small" projet:"Loi de finances" après:2026-03-01 avant:2026-06-01';
    expect(writeHistoryQuery(parseHistoryQuery(text))).toBe(text);
  });

  it("dates from the midnight of Paris, in winter and in summer", () => {
    expect(startOfDay("2026-01-15").toISOString()).toBe("2026-01-14T23:00:00.000Z");
    expect(startOfDay("2026-07-15").toISOString()).toBe("2026-07-14T22:00:00.000Z");
  });

  it("comes back to where it was only with a cursor of ours", () => {
    const cursor = { asOf: 1_790_000_000_000, score: "0.12e-7", at: "1790000000000000", key: "0".repeat(36) };
    expect(findCursor(toCursor(cursor))).toEqual(cursor);
    for (const text of ["", "~~~", toCursor({ ...cursor, score: "1e-999" }), toCursor({ ...cursor, at: "1'" })])
      expect(findCursor(text)).toBeNull();
  });
});

const HOSTILE: [name: string, text: string][] = [
  ["10,000 characters", "budget ".repeat(1_430)],
  ["10,000 different words", Array.from({ length: 2_000 }, (_, n) => `m${n}`).join(" ")],
  ["a word of 10,000 letters", "a".repeat(10_000)],
  ["operators only", "- − \" ' : * & | ! ( ) <->"],
  ["NUL", "bud\0get \0"],
  ["lone surrogates", "\ud800 budget\udfff \udbff"],
  ["emoji", "👩🏽‍⚖️ 🇫🇷 ☎️"],
  ["unbalanced quotation marks", '"budget « “ -" -'],
  ["text like SQL", "'; drop table messages; -- $1 \\' ') or 1=1"],
  ["the operators of tsquery", "budget & !commune | (a <-> b):* <2> 'x':AB"],
  ["filters without a value", "avec: modèle: avant: après: projet:"],
  ["only what is excluded", "-budget -commune"],
  ["only small words", "le la de qui"],
  ["blanks", " \t\n\u00a0"],
  ["nothing", ""],
  ["letters of all kinds", "ﷺ ﬁn ⅷ ½ 漢字 עברית İstanbul ʼn ᾳ"],
];

onEachDatabase(() => {
  it.each(HOSTILE)("%s has an answer, or none, and never fails", async (_name, text) => {
    const actor = await anActor();
    const { conversationId } = await aConversation(actor, {
      question: "Le budget",
      answer: text.replaceAll("\0", "").toWellFormed() || "x",
    });
    for (const query of [
      text,
      `${text} budget`,
      `"${text}"`,
      `-${text} budget`,
      `modèle:${text} budget`,
      `projet:${text} budget`,
    ])
      for (const sort of ["relevance", "date"] as const) {
        const page = await searchHistory(actor, { query, sort, cursor: text.slice(0, 400) });
        expect(page.hits.length).toBeLessThanOrEqual(20);
        expect(Array.isArray(await searchHistoryQuickly(actor, query))).toBe(true);
        expect(Array.isArray((await findInConversation(actor, conversationId, query)).messageIds)).toBe(true);
      }
  });
});
