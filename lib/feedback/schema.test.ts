import { expect, it } from "vitest";
import { newId } from "@/lib/id";
import { FEEDBACK_COMMENT_CHARACTERS_MAX } from "./rules";
import { feedbackInput } from "./schema";

const given = (more: object) =>
  feedbackInput.safeParse({ answerId: newId(), rating: "down", reasons: [], comment: "", ...more });

it("takes a comment of 2,000 characters, blanks around it apart, and not one more", () => {
  expect(FEEDBACK_COMMENT_CHARACTERS_MAX).toBe(2_000);
  expect(given({ comment: ` ${"é".repeat(2_000)}\n` }).data?.comment).toHaveLength(2_000);
  expect(given({ comment: "é".repeat(2_001) }).success).toBe(false);
});

it("takes out of a comment what the database cannot hold", () => {
  expect(given({ comment: "a\0b" }).data?.comment).toBe("ab");
});

it("takes each reason once, in the order of the list", () => {
  expect(given({ reasons: ["tone", "inexact", "tone"] }).data?.reasons).toEqual(["inexact", "tone"]);
  expect(given({ reasons: ["nonsense"] }).success).toBe(false);
});

it("takes a thumb up or down, and nothing between", () => {
  expect(given({ rating: "up" }).success).toBe(true);
  expect(given({ rating: "sideways" }).success).toBe(false);
});
