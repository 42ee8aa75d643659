import { composer, expect, signIn, test } from "./support/journey";

test("the theme applies at once and stays, here and after signing in again", async ({ page, browser }) => {
  await signIn(page, /Paul Girard/);
  await page.goto("/parametres");
  await page.getByRole("radio", { name: "Sombre" }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, /Paul Girard/);
  await expect(elsewhere.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("radio", { name: "Système" }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
});

test("a switch moved before the page answers is saved", async ({ page }) => {
  await signIn(page, /Paul Girard/);
  const scripts = /\/_next\/static\/.*\.js/;
  await page.route(scripts, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.goto("/parametres", { waitUntil: "commit" });
  const choice = page.getByRole("switch", { name: "Recherche automatique" });
  await choice.click();
  await expect(page.getByRole("status").filter({ hasText: "cherche de lui-même" })).toBeAttached();
  await page.unroute(scripts);
  await page.reload();
  await expect(choice).toBeChecked();
  await choice.click();
  await expect(page.getByText("L’assistant ne cherche que si vous le demandez.")).toBeVisible();
});

test("own instructions are counted, limited and kept", async ({ page }) => {
  await signIn(page, /Paul Girard/);
  await page.goto("/parametres");
  const field = page.getByRole("textbox", { name: /Ce que l’assistant doit savoir/ });
  await field.fill("x".repeat(2001));
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(/Retirez 1 caractère/)).toBeVisible();
  await field.fill("Répondez en une phrase.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(/Vos consignes sont enregistrées/).first()).toBeAttached();
  await page.reload();
  await expect(field).toHaveValue("Répondez en une phrase.");
});

test("analysis is off until it is allowed, and each choice is dated", async ({ page }) => {
  await signIn(page, /Léa Nguyen/);
  await page.goto("/parametres");
  const choice = page.getByRole("switch", { name: /Autoriser l’analyse/ });
  await expect(choice).not.toBeChecked();
  await expect(page.getByText("c’est le réglage d’origine")).toBeVisible();
  await choice.click();
  await expect(page.getByText(/Autorisée depuis le/)).toBeVisible();
  await page.reload();
  await expect(choice).toBeChecked();
  await choice.click();
  await expect(page.getByText(/Refusée depuis le/)).toBeVisible();
});

test("closing a session sends its browser back to the sign-in page", async ({ page, browser }) => {
  // Known by its device: the agent's other sessions are those of journeys under way.
  const userAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
  const elsewhere = await (await browser.newContext({ userAgent })).newPage();
  await signIn(elsewhere, /Anne Roux/);
  await signIn(page, /Anne Roux/);
  await page.goto("/parametres");
  const close = page.getByRole("button", { name: /Fermer la session.*Edge/ });
  await close.click();
  await expect(close).toHaveCount(0);
  await expect(page.getByText("Cette session", { exact: true })).toBeVisible();
  await expect(async () => {
    await elsewhere.goto("/parametres");
    expect(new URL(elsewhere.url()).pathname).toBe("/connexion");
  }).toPass();
});

test("« Effacer ce poste » erases what was typed, and signing out keeps nothing to see behind", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await composer(page).fill("Brouillon à effacer");
  await page.goto("/parametres");
  await page.getByRole("button", { name: "Effacer ce poste" }).click();
  await expect(page.getByText("Les brouillons de ce navigateur sont effacés.").first()).toBeAttached();
  await page.goto("/");
  await expect(composer(page)).toHaveValue("");

  await page.getByRole("button", { name: /Anne Roux/ }).click();
  await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
  await expect(page.getByText("Vous êtes déconnecté")).toBeVisible();
  await page.goBack();
  await expect(page.getByText("Anne Roux", { exact: true })).toHaveCount(0);
});
