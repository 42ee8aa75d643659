import { readFileSync } from "node:fs";
import { encode as encode100k } from "gpt-tokenizer/encoding/cl100k_base";
import { encode as encode200k } from "gpt-tokenizer/encoding/o200k_base";
import mistral from "mistral-tokenizer-js";
import { describe, expect, it } from "vitest";
import { DEFAULT_ANSWER } from "@/tests/support/scripted-answers";
import { estimateTokens } from "./llm.tokens";

const file = (path: string) => readFileSync(path, "utf8").slice(0, 20_000);

const texts: [what: string, text: string][] = [
  ["a public page in French", file("content/donnees-personnelles.md")],
  ["a documentation with tables", file("README.md")],
  ["an architecture page", file("docs/architecture.md")],
  ["an answer with a table, code and a formula", DEFAULT_ANSWER.repeat(5)],
  ["TypeScript", file("lib/assistant/mutations.ts")],
  ["SQL", file("db/migrations/0001_foundations.sql")],
  ["a style sheet", file("app/globals.css")],
  ["JSON in French", file("messages/fr.json")],
  ["words in capitals", "DÉCLARATION D’INTÉRÊT GÉNÉRAL ET MODALITÉS D’EXÉCUTION DES MARCHÉS ".repeat(20)],
  ["emoji", "Bravo 🙂👍🏽🇫🇷🎉🧑‍💻 ".repeat(20)],
  ["Arabic", "الذكاء الاصطناعي هو فرع من علوم الحاسوب ".repeat(20)],
  ["Chinese", "机器学习是人工智能的一个分支。".repeat(20)],
];

describe("the estimate, against real tokenizers", () => {
  it.each(texts)("of %s is never less than a large vocabulary gives, nor more than 2.5 times", (_what, text) => {
    const real = Math.max(encode100k(text).length, encode200k(text).length);
    expect(estimateTokens(text) / real).toBeGreaterThanOrEqual(1);
    expect(estimateTokens(text) / real).toBeLessThanOrEqual(2.5);
  });

  it.each(texts)("of %s is at most a tenth less than the smallest vocabulary gives", (_what, text) => {
    expect(estimateTokens(text) / mistral.encode(text, false).length).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ["digits", "0123456789 1 234 567,89 2026-11-25 ".repeat(20)],
    ["one letter without end", "é".repeat(2_000)],
    ["encoded bytes", Buffer.from(file("README.md")).toString("base64").slice(0, 4_000)],
    ["blank lines and indents", "\n\n\n        \n\t\t\t\t\n".repeat(60)],
  ])("of %s, which no one would write, stays within a third of the smallest vocabulary", (_what, text) => {
    expect(estimateTokens(text) / mistral.encode(text, false).length).toBeGreaterThanOrEqual(0.67);
  });

  it("of nothing is nothing", () => {
    expect(estimateTokens("")).toBe(0);
  });
});

it("grows with the text, and two halves are never less than the whole by more than a word", () => {
  const text = file("README.md");
  for (let cut = 0; cut < text.length; cut += 997) {
    const halves = estimateTokens(text.slice(0, cut)) + estimateTokens(text.slice(cut));
    expect(Math.abs(halves - estimateTokens(text))).toBeLessThan(8);
  }
});
