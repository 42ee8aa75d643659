import type { Page } from "@playwright/test";
import { expect, signInOnPages, test } from "./support/journey";

/** From the sign-in page one is on: after a refusal about an account, it lets one choose another. */
async function choose(page: Page, agent: RegExp) {
  await page.getByRole("button", { name: "S’identifier avec ProConnect" }).click();
  await page.getByRole("button", { name: agent }).click();
}

test("a private-sector account, a disabled one and a failure of ProConnect are each told what to do", async ({
  page,
}) => {
  await page.goto("/connexion");
  await choose(page, /secteur privé/);
  await page.getByRole("button", { name: "Revenir au service" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/secteur privé/);
  await choose(page, /désactivé/);
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/désactivé/);
  await choose(page, /Panne de ProConnect/);
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/ProConnect/);
  await page.goto("/");
  await expect(page).toHaveURL(/\/accueil$/);
});

test("whoever comes to a private page signs in and arrives there, and nowhere else", async ({ page }) => {
  await page.goto("/parametres");
  await expect(page).toHaveURL(/\/connexion\?retour=%2Fparametres$/);
  await page.getByRole("button", { name: "S’identifier avec ProConnect" }).click();
  await page.getByRole("button", { name: /Inès Lefèvre/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Paramètres" })).toBeVisible();
});

for (const retour of ["//pirate.example", "https://pirate.example/", "/\\pirate.example", "/%2f%2fpirate.example"]) {
  test(`an address of return such as ${retour} leads home`, async ({ page }) => {
    await signInOnPages(page, /Inès Lefèvre/, { from: `/connexion?retour=${encodeURIComponent(retour)}` });
    expect(new URL(page.url()).host).toBe(new URL(page.url()).host);
    await expect(page).toHaveURL(/^http:\/\/localhost:\d+\//);
  });
}
