import { expectAccessible } from "./support/accessibility";
import { ask, composer, expect, signIn, test } from "./support/journey";

test("« ? » lists the shortcuts, never while typing; Échap closes the list", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  const list = page.getByRole("dialog", { name: "Raccourcis clavier" });
  await composer(page).press("?");
  await expect(composer(page)).toHaveValue("?");
  await expect(list).toBeHidden();
  await composer(page).fill("");
  await composer(page).blur();
  await page.keyboard.press("?");
  await expect(list).toBeVisible();
  await expect(list.getByText("Ctrl + Maj + O", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
});

test("shortcuts can be turned off, in their list or in the settings, and stay so", async ({ page }) => {
  await signIn(page, /Hugo Petit/);
  const list = page.getByRole("dialog", { name: "Raccourcis clavier" });
  const choice = page.getByRole("switch", { name: "Activer les raccourcis clavier" });
  await composer(page).blur();
  await page.keyboard.press("?");
  await choice.uncheck();
  await expect(page.getByText("Les raccourcis clavier sont désactivés.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await page.reload();
  await page.locator("#saisie[enterkeyhint=send]").waitFor();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+Shift+O");
  await expect(list).toBeHidden();

  await page.goto("/parametres");
  await expect(choice).not.toBeChecked();
  await choice.check();
  await expect(page.getByText("Les raccourcis clavier sont activés.")).toBeVisible();
  await page.goto("/");
  await page.locator("#saisie[enterkeyhint=send]").waitFor();
  await page.keyboard.press("?");
  await expect(list).toBeVisible();
});

test("Ctrl + Maj + O starts a conversation, ready to be typed in", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "Avant la suivante");
  await composer(page).blur();
  await page.keyboard.press("Control+Shift+O");
  await expect(page).toHaveURL(/\/$/);
  await expect(composer(page)).toBeFocused();
});

test("Échap closes what is open first, then stops the answer", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await composer(page).fill("[scenario:never-ends] À arrêter au clavier");
  await composer(page).press("Enter");
  await expect(page.getByText(/mot5\b/)).toBeVisible();
  await page
    .getByRole("button", { name: /Actions sur/ })
    .first()
    .press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(page.getByText(/mot25\b/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/Réponse interrompue/)).toBeVisible();
});
