import { expectAccessible } from "./support/accessibility";
import { ask, expect, signIn, test } from "./support/journey";

test("a call of a tool is a card that says what was asked, of whom, and what came of it", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "[scenario:calls-deadline] Quand expire un délai de dix jours ouvrés à compter du 30 avril ?");
  const answer = page.getByRole("article").last();
  const card = answer.getByRole("group").filter({ hasText: "Calcul de délai" });
  await expect(card).toContainText("mardi 19 mai 2026");
  await expect(answer).toContainText("Résultats :");
  await card.getByText("Calcul de délai").click();
  await expect(card).toContainText("10 jours ouvrés après le jeudi 30 avril 2026");
  await expect(card).toContainText("L’assistant lui-même");
  await expect(card).toContainText("vendredi 1er mai 2026 (fête du Travail)");
  // The card has grown: what is under the answer is brought out from behind the field.
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expectAccessible(page);

  await page.reload();
  await expect(card).toContainText("mardi 19 mai 2026");
  await expect(card.getByText("10 jours ouvrés après")).toBeHidden();
});

test("what the model thought is folded, with its duration", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "[scenario:reasoning-content] Réfléchissez");
  const answer = page.getByRole("article").last();
  await expect(answer.getByText(/^Réflexion \(.+\ss\)$/)).toBeVisible();
  await expect(answer.getByText("Je réfléchis")).toBeHidden();
  await page.reload();
  await answer.getByText(/^Réflexion \(.+\ss\)$/).click();
  await expect(answer.getByText("Je réfléchis")).toBeVisible();
});
