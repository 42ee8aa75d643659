import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredMessage } from "@/lib/conversations/schema";
import { HISTORY_CHARACTERS_MAX, toHistory } from "./history";

const message = (author: StoredMessage["author"], ...texts: string[]): StoredMessage => ({
  id: "i",
  parentId: null,
  author,
  parts: texts.map((text) => ({ type: "text", text })),
  createdAt: new Date(0),
  siblings: [],
  turn: null,
});

describe("toHistory", () => {
  it("leaves out answers that failed before saying anything, and joins the questions around them", () => {
    const history = toHistory([message("agent", "Un"), message("assistant"), message("agent", "Deux")]);
    expect(history).toEqual([{ role: "user", content: "Un\n\nDeux" }]);
  });

  it("never sends what the model thought", () => {
    const answer = message("assistant", "Réponse");
    answer.parts.unshift({ type: "reasoning", text: "Hum" });
    expect(JSON.stringify(toHistory([message("agent", "Q"), answer, message("agent", "Q2")]))).not.toContain("Hum");
  });

  it("keeps the most recent messages that fit, and the last question whole", () => {
    const long = "x".repeat(60);
    const history = toHistory(
      [message("agent", long), message("assistant", long), message("agent", "fin".repeat(50))],
      100,
    );
    expect(history).toEqual([{ role: "user", content: "fin".repeat(50) }]);
  });

  it("always alternates, starts with the agent, ends with the question, and fits", () => {
    const anyMessage = fc.tuple(fc.constantFrom("agent" as const, "assistant" as const), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 20 }), fc.integer({ min: 50, max: 300 }), (pairs, max) => {
        const history = toHistory([...pairs.map(([who, text]) => message(who, text)), message("agent", "fin")], max);
        expect(history.map(({ role }) => role)).toEqual(
          history.map((_, index) => (index % 2 === 0 ? "user" : "assistant")),
        );
        expect(history.at(-1)?.role).toBe("user");
        expect(history.at(-1)?.content.endsWith("fin")).toBe(true);
      }),
    );
    expect(HISTORY_CHARACTERS_MAX).toBe(200_000);
  });
});
