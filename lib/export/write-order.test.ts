import { afterAll, expect, it } from "vitest";
import { createReadingPool } from "@/lib/extraction/reading-pool";
import { anAnswerSaid, aQuestionSaid } from "@/tests/support/exported";

/* In the very process that writes in production: what it loads has none of the bundler's aliases. */
const pool = createReadingPool({ size: 1 });
afterAll(() => pool.close());

it.each([
  ["docx", "PK"],
  ["odt", "PK"],
  ["pdf", "%PDF-"],
  ["markdown", "# Délais"],
] as const)("%s is written in a process of its own", async (format, beginning) => {
  const messages = [aQuestionSaid("Quel délai ?"), anAnswerSaid("Deux mois [1].")];
  const file = await pool.write({ title: "Délais", messages, format });
  expect(Buffer.from(file).toString("utf8").startsWith(beginning)).toBe(true);
});
