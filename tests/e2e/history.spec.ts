import { ask, composer, expect, signIn, test } from "./support/journey";

test("a conversation can be renamed, deleted and brought back", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "À renommer puis à supprimer");
  const history = page.getByRole("navigation", { name: /conversations/i });
  const open = async (label: string, item: string) => {
    await history
      .getByRole("button", { name: new RegExp(label) })
      .first()
      .click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  await open("À renommer puis à supprimer", "Renommer");
  await page.getByRole("dialog").getByRole("textbox").fill("Nouveau titre");
  await page.getByRole("dialog").getByRole("button", { name: "Renommer" }).click();
  await expect(history.getByRole("link", { name: /Nouveau titre/ })).toBeVisible();

  await open("Nouveau titre", "Supprimer");
  await expect(history.getByRole("link", { name: /Nouveau titre/ })).toBeHidden();
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(history.getByRole("link", { name: /Nouveau titre/ })).toBeVisible();
});

test("what was being typed is still there after a reload", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await composer(page).fill("Brouillon précieux");
  await page.reload();
  await expect(composer(page)).toHaveValue("Brouillon précieux");
});

test("when the session was closed elsewhere, the text typed is kept and given back after signing in again", async ({
  page,
}) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "Première question");
  const address = new URL(page.url()).pathname;
  await page.context().clearCookies();
  await composer(page).fill("Texte à ne pas perdre");
  await composer(page).press("Enter");
  await expect(page.getByText(/session/i).first()).toBeVisible();
  await page
    .getByRole("link", { name: /reconnecter|identifier/i })
    .or(page.getByRole("button", { name: /reconnecter/i }))
    .first()
    .click();
  await page.getByRole("button", { name: "S’identifier avec ProConnect" }).click();
  await page.getByRole("button", { name: /Camille Martin/ }).click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await expect(composer(page)).toHaveValue("Texte à ne pas perdre");
});

test("a page left open without network, then without session, keeps what is being typed", async ({ page, context }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "Avant la coupure");
  await composer(page).fill("Texte en cours");
  await context.setOffline(true);
  // Long enough for the page to be read again by itself, once the title should have come.
  await page.waitForTimeout(4_000);
  await expect(composer(page)).toHaveValue("Texte en cours");
  await context.setOffline(false);
  await context.clearCookies();
  await expect(page.getByText("Votre session est terminée").first()).toBeVisible({ timeout: 15_000 });
  await expect(composer(page)).toHaveValue("Texte en cours");
});
