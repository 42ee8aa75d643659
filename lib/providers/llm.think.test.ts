import fc from "fast-check";
import { expect, it } from "vitest";
import { createThinkSplitter } from "./llm.think";

function split(pieces: string[]) {
  const splitter = createThinkSplitter();
  const said = { reasoning: "", text: "" };
  for (const { type, delta } of [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()])
    said[type] += delta;
  return said;
}

const cuts = (text: string) =>
  fc.array(fc.nat(text.length), { maxLength: 8 }).map((positions) => {
    const sorted = [0, ...positions.toSorted((a, b) => a - b), text.length];
    return sorted.slice(1).map((end, index) => text.slice(sorted[index], end));
  });

it.each([
  ["<think>Je pense</think>Je dis", { reasoning: "Je pense", text: "Je dis" }],
  ["  \n<think>a < b</thin k></think>\n\nFin", { reasoning: "a < b</thin k>", text: "Fin" }],
  ["<think>sans fin</thi", { reasoning: "sans fin</thi", text: "" }],
  [
    "Le mot <think> n’est pas une pensée</think>",
    { reasoning: "", text: "Le mot <think> n’est pas une pensée</think>" },
  ],
  ["<thi", { reasoning: "", text: "<thi" }],
])("takes %j apart wherever it is cut", (whole, expected) => {
  fc.assert(
    fc.property(cuts(whole), (pieces) => {
      expect(split(pieces)).toEqual(expected);
    }),
  );
});
