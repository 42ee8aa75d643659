import messages from "../../messages/fr.json" with { type: "json" };
import { composer, expect, signIn, test } from "./support/journey";

const failures: [scenario: string, sentence: string][] = [
  ["401", messages.errors.model_refused_key],
  ["403", messages.errors.model_refused_key],
  ["404", messages.errors.model_not_found],
  ["422", messages.errors.model_refused_request],
  ["429", messages.errors.model_busy],
  ["500", messages.errors.model_failed],
  ["503", messages.errors.model_busy],
  ["slow-first-token", messages.errors.model_too_slow],
  ["cut-in-the-middle", messages.errors.model_cut],
  ["empty-answer", messages.errors.model_empty_answer],
  ["malformed-stream", messages.errors.model_malformed_answer],
];

for (const [scenario, sentence] of failures) {
  test(`the model's failure « ${scenario} » says one French sentence, keeps the question and offers « Réessayer »`, async ({
    page,
  }) => {
    await signIn(page, /Camille Martin/);
    const question = `[scenario:${scenario}] Question à garder`;
    await composer(page).fill(question);
    await composer(page).press("Enter");
    await expect(page.getByText(sentence).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(question).first()).toBeVisible();
    await expect(composer(page)).toBeEnabled();
    await composer(page).fill("Une autre question");
    await page.reload();
    await expect(page.getByText(sentence)).toBeVisible();
    await page.getByRole("button", { name: "Réessayer" }).click();
    await expect(page.getByText("2/2")).toBeVisible();
  });
}
