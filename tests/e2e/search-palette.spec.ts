import { expectAccessible } from "./support/accessibility";
import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";
import { field, marked, messageWith, palette } from "./support/search";

test("Ctrl + K finds as one types and opens at the message, with the keyboard alone", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "[scenario:reasoning] Où nichent les cigognes ?");
  await composer(page).fill("Brouillon");
  await page.keyboard.press("Control+k");
  const input = palette(page).getByRole("combobox", { name: "Rechercher dans vos conversations" });
  await expect(input).toBeFocused();
  const options = palette(page).getByRole("option");
  await expect(palette(page).getByRole("group", { name: "Conversations récentes" })).toBeVisible();
  await expect(options.filter({ hasText: "Mes documents" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("Brouillon");

  await page.goto("/");
  await untilReady(page);
  await composer(page).press("Control+k");
  await input.pressSequentially("cigognes");
  const hit = options.filter({ hasText: /Vous/ }).first();
  await expect(hit.locator("mark")).toHaveText("cigognes");
  await expect(palette(page).getByRole("status")).toHaveText(/^\d+ résultats?$/);
  await expectAccessible(page);
  // Whatever is first, the keyboard goes to the question.
  const wanted = await hit.getAttribute("id");
  await expect(async () => {
    if ((await input.getAttribute("aria-activedescendant")) !== wanted) await page.keyboard.press("ArrowDown");
    expect(await input.getAttribute("aria-activedescendant")).toBe(wanted);
  }).toPass();
  await expect(hit).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(page).toHaveURL(/\/conversations\/[0-9a-f-]+$/);
  await expect(messageWith(page, /cigognes/).first()).toBeFocused();
  await expect.poll(() => marked(page)).toContain("cigognes");
});

test("the palette keeps what it found while it looks for more, and never shows a late answer", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "[scenario:reasoning] Des pélicans ou des flamants ?");
  await page.keyboard.press("Control+k");
  const input = palette(page).getByRole("combobox");
  const options = palette(page).getByRole("option");
  await input.fill("pélicans");
  await expect(options.locator("mark").first()).toHaveText("pélicans");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**", async (route) => {
    if (route.request().postData()?.includes("zzxqwv")) await held;
    await route.continue();
  });
  await input.fill("zzxqwv");
  await page.waitForRequest((request) => request.postData()?.includes("zzxqwv") === true);
  await expect(options.locator("mark").first()).toHaveText("pélicans");
  await page.evaluate(() => {
    const look = () => {
      if (!document.querySelector("[role=option] mark")) document.body.dataset.wasEmpty = "";
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await input.fill("pélicans");
  release();
  await expect(palette(page).getByRole("status")).toHaveText(/^\d+ résultats?$/);
  await expect(options.locator("mark").first()).toHaveText("pélicans");
  await page.unrouteAll({ behavior: "wait" });
  await expect(page.locator("[data-was-empty]")).toHaveCount(0);
});

test("the palette leads to the whole search and to the places of the service, and goes with the other shortcuts", async ({
  page,
}) => {
  await signIn(page, /Inès Lefèvre/);
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("para");
  await palette(page).getByRole("option", { name: "Paramètres" }).click();
  await expect(page).toHaveURL(/\/parametres$/);
  await page.goto("/");
  await untilReady(page);
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("zzxqwv");
  await palette(page)
    .getByRole("option", { name: /Tout chercher/ })
    .click();
  await expect(page).toHaveURL(/\/recherche\?q=zzxqwv$/);

  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Raccourcis clavier" });
  await expect(list.getByText("Ctrl + K", { exact: true })).toBeVisible();
  await list.getByRole("switch").uncheck();
  await expect(page.getByText("Les raccourcis clavier sont désactivés.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("link", { name: "Rechercher" })).toBeVisible();
  await expect(page.getByText("Ctrl + K")).toHaveCount(0);
  await field(page).press("Control+k");
  await expect(palette(page)).toHaveCount(0);
  await page.goto("/parametres");
  await page.getByRole("switch", { name: "Activer les raccourcis clavier" }).check();
  await expect(page.getByText("Les raccourcis clavier sont activés.")).toBeVisible();
});
