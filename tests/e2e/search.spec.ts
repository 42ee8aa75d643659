import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, expect, signIn, test } from "./support/journey";
import { bar, converse, count, field, filters, manyQuestions, messageWith, palette, results } from "./support/search";

test("what was said is found as it is typed, and the search is in the address", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "[scenario:reasoning] Un hippocampe vit-il longtemps ?");
  await page.getByRole("link", { name: "Rechercher" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Rechercher" })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole("heading", { name: "Comment chercher" })).toBeVisible();
  await expectAccessible(page);

  await field(page).pressSequentially("hippocampe");
  await expect(page).toHaveURL(/\/recherche\?q=hippocampe$/);
  await expect(count(page)).toHaveText(/^\d+ résultats?$/);
  await expect(field(page)).toBeFocused();
  const found = results(page).filter({ hasText: "Vous" });
  await expect(found).toHaveCount(1);
  await expect(found.locator("mark")).toHaveText("hippocampe");
  await expect(found.getByRole("time")).toHaveText(/^\d+ \p{L}+ 20\d\d$/u);
  await expectAccessible(page);
  await page.reload();
  await expect(field(page)).toHaveValue("hippocampe");
  await expect(found).toHaveCount(1);

  await page.getByRole("link", { name: "Date", exact: true }).click();
  await expect(page).toHaveURL(/\/recherche\?q=hippocampe&tri=date$/);
  await expect(page.getByRole("link", { name: "Date", exact: true })).toHaveAttribute("aria-current", "true");
  await page.goBack();
  await expect(page).not.toHaveURL(/recherche/);
});

test("filters are written in the query by the controls, and taken out of it", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await page.goto("/recherche?q=bilan");
  await filters(page).click();
  await page.getByRole("checkbox", { name: "Avec un fichier" }).check();
  await expect(field(page)).toHaveValue("bilan avec:fichier");
  await page.getByRole("combobox", { name: "Modèle" }).selectOption({ label: "Modèle d’essai" });
  await page.getByLabel("À partir du").fill("2026-03-31");
  await expect(field(page)).toHaveValue(/^bilan avec:fichier modèle:"Modèle d’essai" après:\S*31\S*$/);
  await expect(page).toHaveURL(/avec%3Afichier/);
  await expect(page.getByText("Filtres (3 actifs)")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Avec un fichier" })).toBeChecked();
  await expect(page.getByLabel("À partir du")).toHaveValue("2026-03-31");
  await page.getByRole("checkbox", { name: "Avec un fichier" }).uncheck();
  await page.getByLabel("À partir du").fill("");
  await page.getByRole("combobox", { name: "Modèle" }).selectOption("");
  await expect(field(page)).toHaveValue("bilan");
  await expect(page).toHaveURL(/\?q=bilan$/);
});

test("what is not found, or not understood, is said", async ({ page }) => {
  await signIn(page, /Hugo Petit/);
  await page.goto("/recherche?q=zzxqwv");
  await expect(page.getByRole("main").getByText("Aucun résultat").last()).toBeVisible();
  await expect(page.getByText(/Essayez moins de mots/)).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/recherche?q=${encodeURIComponent("zzxqwv avant:hier-soir")}`);
  await expect(page.getByText(/«\savant:hier-soir\s» n’a pas été compris/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Effacer la recherche" }).click();
  await expect(field(page)).toHaveValue("");
  await expect(page.getByRole("heading", { name: "Comment chercher" })).toBeVisible();
});

for (const [name, query] of [
  ["of 10,000 characters", "convention ".repeat(910)],
  ["with a quote left open", '"congé parental'],
  ["of emoji", "😀🎉".repeat(20)],
  ["of operators only", '- "" avec: -"'],
  ["that looks like SQL", "'; drop table messages; --"],
  ["with a zero", "a\0b"],
] as const) {
  test(`a query ${name} has an answer`, async ({ page }) => {
    await signIn(page, /Hugo Petit/);
    const response = await page.goto(`/recherche?q=${encodeURIComponent(query)}`);
    expect(response?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1, name: "Rechercher" })).toBeVisible();
    await expect(count(page)).toBeAttached();
  });
}

test("the search fits a phone, with long titles and long words", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, `[scenario:reasoning] Ornithorynque ${"anticonstitutionnellement".repeat(6)} et la suite du titre`);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/recherche");
  await expectNoSidewaysScroll(page);
  await field(page).fill("ornithorynque");
  await expect(results(page).first()).toBeVisible();
  await filters(page).click();
  for (const width of [320, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectNoSidewaysScroll(page);
  }
  await expectAccessible(page);
  await results(page).filter({ hasText: "Vous" }).getByRole("link").click();
  await expect(bar(page)).toBeInViewport();
  await expect(messageWith(page, /Ornithorynque/).first()).toBeInViewport();
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("ornithorynque");
  await expect(palette(page).getByRole("option").first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("without scripts one searches, filters, reads on and opens at the message", async ({ browser, page }) => {
  test.setTimeout(120_000);
  await signIn(page, /Paul Girard/);
  await converse(
    page,
    manyQuestions(
      "marmottes",
      Array.from({ length: 20 }, (_, index) => index + 1),
    ),
  );
  await converse(
    page,
    manyQuestions(
      "marmottes",
      Array.from({ length: 10 }, (_, index) => index + 1),
    ),
  );
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto("/recherche");
  await field(plain).fill("marmottes");
  await field(plain).press("Enter");
  await expect(plain).toHaveURL(/\/recherche\?q=marmottes$/);
  const before = await results(plain).count();
  expect(before).toBeGreaterThan(0);
  await plain.getByRole("link", { name: "Afficher plus" }).click();
  await expect(results(plain).first()).toBeVisible();
  await plain.goBack();

  await filters(plain).click();
  await plain.getByRole("checkbox", { name: "Avec un fichier" }).check();
  await plain.getByRole("button", { name: "Chercher" }).click();
  await expect(plain).toHaveURL(/\?q=marmottes\+avec%3Afichier$/);
  await expect(field(plain)).toHaveValue("marmottes avec:fichier");

  await plain.goto("/recherche?q=marmottes&tri=date");
  const last = results(plain).filter({ hasText: "Vous" }).last();
  const number = /demande (\d+)/.exec((await last.locator("p").last().textContent()) ?? "")?.[1];
  await last.getByRole("link").click();
  await expect(plain).toHaveURL(/#message-/);
  await expect(messageWith(plain, new RegExp(`demande ${number}$`)).first()).toBeInViewport();
  await context.close();
});
