import { expect, it } from "vitest";
import { INSTRUCTIONS_CHARACTERS_MAX } from "./rules";
import { instructionsInput } from "./schema";

it("allows instructions of 2,000 characters, and not one more", () => {
  expect(INSTRUCTIONS_CHARACTERS_MAX).toBe(2_000);
  expect(instructionsInput.safeParse({ instructions: "é".repeat(2_000) }).success).toBe(true);
  expect(instructionsInput.safeParse({ instructions: "é".repeat(2_001) }).success).toBe(false);
});

it("does not count the blanks around the instructions", () => {
  expect(instructionsInput.parse({ instructions: `\n${"a".repeat(2_000)} \n` }).instructions).toHaveLength(2_000);
});
