import { expect, it } from "vitest";
import type { TextRun } from "@/lib/extraction/extraction";
import { highlightsOf } from "./highlights";

const run = (start: number, length: number, x: number, y: number, width: number): TextRun => ({
  start,
  length,
  x,
  y,
  width,
  height: 10,
});

/** « Le montant » and « est de » on a line, « 4 512 euros. » on the next, and a title elsewhere. */
const runs = [run(0, 10, 50, 100, 100), run(11, 6, 155, 101, 60), run(18, 12, 50, 114, 120), run(40, 5, 300, 20, 50)];

it("covers a passage line by line, and nothing else", () => {
  expect(highlightsOf(runs, 0, 30)).toEqual([
    { x: 50, y: 100, width: 165, height: 11 },
    { x: 50, y: 114, width: 120, height: 10 },
  ]);
});

it("covers of a run the part that is cited", () => {
  expect(highlightsOf(runs, 3, 10)).toEqual([{ x: 80, y: 100, width: 70, height: 10 }]);
  expect(highlightsOf(runs, 24, 29)).toEqual([{ x: 110, y: 114, width: 50, height: 10 }]);
});

it("leaves apart what is on the same line in another column", () => {
  expect(highlightsOf([run(0, 5, 50, 100, 50), run(6, 5, 300, 100, 50)], 0, 11)).toHaveLength(2);
});

it.each([
  ["an empty passage", runs, 5, 5],
  ["a passage after the text", runs, 60, 80],
  ["what lies between two runs", runs, 10, 11],
  ["a page without places", [], 0, 20],
  ["a run that has no width", [run(0, 5, 50, 100, 0)], 0, 5],
])("covers nothing for %s", (_, some, start, end) => {
  expect(highlightsOf(some, start, end)).toEqual([]);
});
