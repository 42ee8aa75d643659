import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";

export const field = (page: Page) => page.getByRole("searchbox", { name: "Mots à retrouver" });
export const results = (page: Page) => page.getByRole("list", { name: "Résultats" }).getByRole("listitem");
export const count = (page: Page) => page.getByRole("status").filter({ hasText: /résultats?$/ });
export const filters = (page: Page) => page.locator("summary").filter({ hasText: "Filtres" });
export const palette = (page: Page) => page.getByRole("dialog", { name: "Rechercher et aller" });
export const bar = (page: Page) => page.getByRole("region", { name: "Passages trouvés" });
export const messageWith = (page: Page, text: RegExp) => page.getByRole("article").filter({ hasText: text });

/** What the browser marks in the page by itself. */
export const marked = (page: Page) =>
  page.evaluate(() => [...(CSS.highlights.get("found") ?? [])].map((range) => (range as Range).toString()));

/** Questions asked without drawing their answers, in one conversation whose identifier it gives. */
export async function converse(page: Page, questions: readonly string[]): Promise<string> {
  const conversationId = randomUUID();
  await page.evaluate(
    async ({ conversationId, questions }) => {
      for (const [index, text] of questions.entries()) {
        const ids = { conversationId, questionId: crypto.randomUUID(), answerId: crypto.randomUUID() };
        const response = await fetch("/api/chat", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ kind: "ask", isNew: index === 0, text, ...ids }),
        });
        await response.text();
      }
    },
    { conversationId, questions },
  );
  return conversationId;
}

/** Long enough to be drawn in several times, with a word that only some of its questions hold. */
export const manyQuestions = (word: string, holders: readonly number[]): string[] =>
  Array.from({ length: 20 }, (_, index) => {
    const said = holders.includes(index + 1) ? `Combien de ${word} en tout` : "Combien en tout";
    return `[scenario:reasoning] ${said}, demande ${index + 1}`;
  });
