import { expect, it } from "vitest";
import { toNormalText, toOneLine } from "./normal-text.ts";
import { shortTableMarkdown } from "./table-markdown.ts";

it("composes letters, expands ligatures and removes what is not seen", () => {
  expect(toNormalText("e\u0301te\u0301 \ufb01n co\u00adop\u00e9 a\u200bb \u0007c  \r\nd\u00a0\u2028e")).toBe(
    "été fin coopé ab c\nd\ne",
  );
});

it("removes text that is spelled in tags or in variation selectors, and keeps the look of an emoji", () => {
  const spelled = "\u{e0069}\u{e0067}\u{e006e}\u{e01ef}";

  expect(toNormalText(`mot${spelled} ❤\ufe0f${"\ufe01\ufe02"} fin\u3164`)).toBe("mot ❤ fin");
  expect(toNormalText("❤\ufe0f")).toBe("❤\ufe0f");
});

it("is not slowed down by a line of spaces", () => {
  const start = performance.now();
  toNormalText(`${" ".repeat(2_000_000)}x`);

  expect(performance.now() - start).toBeLessThan(10_000);
});

it("makes one line of several", () => {
  expect(toOneLine("  a\n b\t c ")).toBe("a b c");
});

it("escapes the bars of a cell, and leaves out what is empty", () => {
  expect(
    shortTableMarkdown([
      ["a|b", "c\nd", ""],
      ["", ""],
      ["1", "", "3", ""],
    ]),
  ).toBe("| a\\|b | c d |  |\n| --- | --- | --- |\n| 1 |  | 3 |");
});
