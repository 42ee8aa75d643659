import { expectAccessible } from "./support/accessibility";
import { ask, expect, signIn, test } from "./support/journey";

test("an opinion is given, made precise, found again after a reload, changed and taken back", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "Une réponse à juger");
  const answer = page.getByRole("article").last();
  const down = answer.getByRole("button", { name: "Réponse à améliorer" });

  await down.click();
  await expect(down).toHaveAttribute("aria-pressed", "true");
  await expect(answer.getByRole("checkbox", { name: "Inexact" })).toBeFocused();
  await answer.getByRole("checkbox", { name: "Inventé" }).check();
  await answer.getByLabel("Commentaire (facultatif)").fill("L’article cité n’existe pas.");
  await expectAccessible(page);
  await answer.getByRole("button", { name: "Envoyer mon avis" }).click();
  await expect(answer.getByRole("status")).toHaveText("Merci, votre avis est enregistré.");
  await expect(down).toBeFocused();

  await page.reload();
  await expect(down).toHaveAttribute("aria-pressed", "true");
  await answer.getByRole("button", { name: "Modifier mon avis" }).click();
  await expect(answer.getByRole("checkbox", { name: "Inventé" })).toBeChecked();
  await expect(answer.getByLabel("Commentaire (facultatif)")).toHaveValue("L’article cité n’existe pas.");
  await page.keyboard.press("Escape");
  await expect(down).toBeFocused();

  await answer.getByRole("button", { name: "Réponse utile" }).click();
  await expect(answer.getByRole("status")).toHaveText("Merci, votre avis est enregistré.");
  await answer.getByRole("button", { name: "Réponse utile" }).click();
  await expect(answer.getByRole("status")).toHaveText("Votre avis est retiré.");
  await page.reload();
  await expect(answer.getByRole("button", { name: "Réponse utile" })).toHaveAttribute("aria-pressed", "false");
});

test("what was typed stays when the opinion could not be saved", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "Une réponse à juger sans réseau");
  const answer = page.getByRole("article").last();
  await answer.getByRole("button", { name: "Réponse à améliorer" }).click();
  const comment = answer.getByLabel("Commentaire (facultatif)");
  await comment.fill("x".repeat(2_001));
  await expect(answer.getByRole("alert"), "what follows the keys is not said at each").toHaveCount(0);
  await answer.getByRole("button", { name: "Envoyer mon avis" }).click();
  await expect(comment).toBeFocused();
  await expect(comment).toHaveAccessibleDescription(/Retirez 1 caractère/);
  await comment.fill("À garder");
  await expect(answer.getByRole("status")).toHaveText("Merci, votre avis est enregistré.");
  await page.route("**/conversations/**", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await answer.getByRole("button", { name: "Envoyer mon avis" }).click();
  await expect(answer.getByRole("alert")).toContainText("n’a pas pu être enregistré");
  await expect(answer.getByLabel("Commentaire (facultatif)")).toHaveValue("À garder");
});

test("where an answer comes from unfolds under it, and how full the context is is said once it matters", async ({
  page,
}) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "Une réponse et sa provenance");
  await page.reload();
  const answer = page.getByRole("article").last();
  await expect(answer.getByText(/jetons lus/)).toBeHidden();
  await answer.getByText("Modèle d’essai").click();
  await expect(answer.getByText(/12\sjetons lus, 34\sjetons écrits/)).toBeVisible();
  await expect(answer.getByText(/^Durée/)).toBeVisible();
  await expect(page.getByText(/Contexte rempli/)).toHaveCount(0);
  await ask(page, "[scenario:reads-much] Une longue conversation");
  await expect(page.getByText(/Contexte rempli à 8\d\s%/)).toBeVisible();
});

test("a conversation is named by the title model once its first answer has ended", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "[title:a-title] Écrivez à la mairie");
  await expect(page.getByRole("navigation").getByRole("link", { name: "Relance d’une convention" })).toBeVisible({
    timeout: 20_000,
  });
  await expect(page).toHaveTitle(/Relance d’une convention/);
});

test("a message that the model cannot read whole is refused with the numbers, and kept", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  const long = "1;".repeat(49_000);
  await page.getByRole("textbox", { name: "Votre message" }).fill(long);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "trop long pour ce modèle" })).toContainText(/\d\sjetons/);
  await expect(page.getByRole("textbox", { name: "Votre message" })).toHaveValue(long);
});
