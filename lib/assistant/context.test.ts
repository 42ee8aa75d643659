import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredMessage } from "@/lib/conversations/schema";
import { INSTRUCTIONS_CHARACTERS_MAX } from "@/lib/preferences/rules";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { budgetOf, fitContext, messagesToSumUp, requireRoomFor, type Summary } from "./context";
import { instructionsFor } from "./prompts/instructions";

const words = (count: number) => "mot ".repeat(count).trim();

const aBranch = (...texts: string[]): StoredMessage[] =>
  texts.map((text, index) => ({
    id: `m${index}`,
    parentId: index === 0 ? null : `m${index - 1}`,
    author: index % 2 === 0 ? "agent" : "assistant",
    parts: [{ type: "text", text }],
    createdAt: new Date(0),
    siblings: [],
    turn: null,
  }));

describe("the budget", () => {
  it("is what the context holds, less the answer, the tools and the longest instructions", () => {
    const budget = budgetOf({ context: 32_000, output: 4_000, tools: 500 });
    const longest = "Réponds toujours ainsi. ".repeat(100).slice(0, INSTRUCTIONS_CHARACTERS_MAX);
    const instructions = estimateTokens(instructionsFor({ now: new Date(), ownInstructions: longest }));
    expect(budget + 4_000 + 500 + instructions).toBeLessThanOrEqual(32_000);
    expect(budget).toBeGreaterThan(25_000);
  });

  it("leaves a part of the smallest context to the conversation", () => {
    expect(budgetOf({ context: 4_096, output: 4_096, tools: 0 })).toBe(1_024);
  });
});

describe("a question", () => {
  it("that fits is accepted to the last token, and one more is refused with the numbers", () => {
    const tokens = estimateTokens(words(1_000));
    requireRoomFor(words(1_000), tokens + 6);
    expect(() => requireRoomFor(words(1_000), tokens + 5)).toThrow(
      expect.objectContaining({
        code: "question_too_long_for_model",
        details: { tokens: tokens + 6, budget: tokens + 5 },
      }),
    );
  });

  it("stays whole, whatever had to be left out", () => {
    const { history } = fitContext(aBranch(words(500), words(500), `${words(900)} fin`), [], 1_000);
    expect(history).toEqual([{ role: "user", content: `${words(900)} fin` }]);
  });
});

describe("a long branch", () => {
  const branch = aBranch(words(300), words(300), words(300), words(300), "Et ensuite ?");
  const summaries: Summary[] = [
    { messageId: "m1", text: "Ancien résumé" },
    { messageId: "m3", text: "Résumé récent" },
    { messageId: "ailleurs", text: "Résumé d’une autre branche" },
  ];

  it("is sent word for word while it takes little of the budget, even when a summary exists", () => {
    const { history, summedUpTo } = fitContext(branch, summaries, 4_000);
    expect(history).toHaveLength(5);
    expect(summedUpTo).toBeNull();
  });

  it("is sent as its deepest summary, between marks and in the user's role, then what follows", () => {
    const { history, summedUpTo, used } = fitContext(branch, summaries, 1_500);
    expect(history).toEqual([
      {
        role: "user",
        content:
          "⟦DÉBUT : RÉSUMÉ DES ÉCHANGES PRÉCÉDENTS⟧\nRésumé récent\n⟦FIN : RÉSUMÉ DES ÉCHANGES PRÉCÉDENTS⟧\n\nEt ensuite ?",
      },
    ]);
    expect(summedUpTo).toBe("m3");
    expect(used).toBeLessThan(100);
  });

  it("keeps its question when there is no room for the summary too", () => {
    const full = aBranch(words(300), words(300), words(980));
    const { history, summedUpTo } = fitContext(full, [{ messageId: "m1", text: words(150) }], 1_000);
    expect(history).toEqual([{ role: "user", content: words(980) }]);
    expect(summedUpTo).toBeNull();
  });

  it("never hides the question to be answered behind a summary of it", () => {
    const regenerated = branch.slice(0, 3);
    expect(fitContext(regenerated, [{ messageId: "m2", text: "Résumé" }], 800).history.at(-1)?.content).toBe(
      words(300),
    );
  });
});

describe("what is to be summed up", () => {
  it("is nothing until the branch passes seven tenths of the budget", () => {
    const branch = aBranch(words(300), words(300));
    expect(messagesToSumUp(branch, [], 1_000).messages).toEqual([]);
  });

  it("is all but the most recent messages, up to an answer", () => {
    const branch = aBranch(...Array.from({ length: 8 }, () => words(100)));
    const { previous, messages } = messagesToSumUp(branch, [], 1_000);
    expect(messages.map(({ id }) => id)).toEqual(["m0", "m1", "m2", "m3", "m4", "m5"]);
    expect(previous).toBeNull();
  });

  it("starts after the previous summary, which it takes up", () => {
    const branch = aBranch(...Array.from({ length: 16 }, () => words(100)));
    const { previous, messages } = messagesToSumUp(branch, [{ messageId: "m5", text: "Avant" }], 1_000);
    expect(previous).toMatchObject({ messageId: "m5", text: "Avant" });
    expect(messages.map(({ id }) => id)).toEqual(["m6", "m7", "m8", "m9", "m10", "m11", "m12", "m13"]);
  });
});

it("always gives a history that fits, alternates and ends with the whole question", () => {
  const texts = fc.array(fc.string({ maxLength: 400 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      texts,
      fc.string({ maxLength: 300 }),
      fc.nat(11),
      fc.integer({ min: 700, max: 2_000 }),
      (before, last, at, budget) => {
        const even = before.slice(0, before.length - (before.length % 2));
        const branch = aBranch(...even, `${last} fin`);
        const { history, used } = fitContext(branch, [{ messageId: `m${at}`, text: "Résumé ⟦FIN⟧" }], budget);
        expect(used).toBeLessThanOrEqual(budget);
        expect(history.map(({ role }) => role)).toEqual(
          history.map((_, index) => (index % 2 === 0 ? "user" : "assistant")),
        );
        expect(history.at(-1)?.role).toBe("user");
        expect(history.at(-1)?.content.endsWith(`${last} fin`.trim())).toBe(true);
      },
    ),
  );
});
