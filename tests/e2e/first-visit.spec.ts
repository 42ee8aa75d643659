import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";

test("an agent signs in, asks, reads the answer as it is written, finds it again after a reload, and signs out", async ({
  page,
}) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/accueil$/);
  await page
    .getByRole("link", { name: /S’identifier avec ProConnect/ })
    .first()
    .click();
  await page.getByRole("button", { name: "S’identifier avec ProConnect" }).click();
  await page.getByRole("button", { name: /Camille Martin/ }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Qu’avez-vous en tête ?" })).toBeVisible();
  await untilReady(page);
  await composer(page).fill("Rédigez un courriel de relance.");
  await composer(page).press("Enter");
  await expect(page).toHaveURL(/\/conversations\/[0-9a-f-]{36}$/);
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("");
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  const answer = page.getByRole("table");
  await expect(answer).toBeVisible();

  await page.reload();
  await expect(page.getByText("Rédigez un courriel de relance.").first()).toBeVisible();
  await expect(page.getByRole("table")).toBeVisible();
  const history = page.getByRole("navigation", { name: /conversations/i });
  const entry = history.getByRole("link", { name: /Rédigez un courriel de relance/ });
  await expect(entry.first()).toHaveAttribute("aria-current", "page");

  await page.getByRole("button", { name: /Camille Martin/ }).click();
  await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/accueil/);
  await page.goto("/");
  await expect(page).toHaveURL(/\/accueil/);
});

test("the suggestions fill the composer and leave the agent free to complete them", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const suggestions = page.getByRole("list", { name: /suggestions|exemples/i }).getByRole("button");
  await expect(suggestions).toHaveCount(7);
  await suggestions.first().click();
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).not.toHaveValue("");
});

test("Entrée sends, Maj+Entrée breaks the line, and the composer grows to ten lines then scrolls", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const box = composer(page);
  await box.fill("ligne 1");
  const oneLine = (await box.boundingBox())?.height ?? 0;
  for (let line = 2; line <= 10; line += 1) {
    await box.press("Shift+Enter");
    await box.pressSequentially(`ligne ${line}`);
  }
  const tenLines = (await box.boundingBox())?.height ?? 0;
  expect(tenLines).toBeGreaterThan(oneLine * 3);
  for (let line = 11; line <= 20; line += 1) await box.press("Shift+Enter");
  expect((await box.boundingBox())?.height ?? 0).toBeLessThan(tenLines * 1.2);
  await expect(page).not.toHaveURL(/conversations/);
});

test("a second tab that opens during the answer follows it to the same end", async ({ page, context }) => {
  await signIn(page, /Youssef Benali/);
  await composer(page).fill("[scenario:slow-stream] Une réponse lente");
  await composer(page).press("Enter");
  await expect(page).toHaveURL(/\/conversations\//);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText("Réponse terminée")).toBeAttached();
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  const text = (target: typeof page) => target.getByRole("article").last().innerText();
  await expect(page.getByText(/mot60/)).toBeVisible();
  await expect.poll(() => text(second)).toBe(await text(page));
});

test("closing the page does not lose the answer", async ({ page, context }) => {
  await signIn(page, /Youssef Benali/);
  await composer(page).fill("[scenario:slow-stream] Une réponse pendant une absence");
  await composer(page).press("Enter");
  await expect(page).toHaveURL(/\/conversations\//);
  const address = page.url();
  await page.close();
  const later = await context.newPage();
  await later.waitForTimeout(4_000);
  await later.goto(address);
  await expect(later.getByText(/mot60/)).toBeVisible();
});

test("« Arrêter » keeps what was written", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await composer(page).fill("[scenario:never-ends] Une réponse sans fin");
  await composer(page).press("Enter");
  await page.getByRole("button", { name: "Arrêter" }).click();
  await expect(page.getByText("Réponse interrompue")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Réponse interrompue")).toBeVisible();
});

test("a conversation that is not mine and one that does not exist read the same", async ({ page, browser }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "Une question à moi");
  const mine = page.url();
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, /Youssef Benali/);
  const theirs = await other.goto(mine);
  expect(theirs?.status()).toBe(404);
  const said = await other.getByRole("main").innerText();
  const nowhere = await other.goto("/conversations/0190a8a0-0000-7000-8000-000000000000");
  expect(nowhere?.status()).toBe(404);
  expect(await other.getByRole("main").innerText()).toBe(said);
  const nonsense = await other.goto("/conversations/nimporte-quoi");
  expect(nonsense?.status()).toBe(404);
  await elsewhere.close();
});

test("under the composer it is always said that this is an AI which may be wrong, and what not to tell it", async ({
  page,
}) => {
  await signIn(page, /Camille Martin/);
  const reminder = page.getByRole("link", { name: "N’écrivez pas de données personnelles sensibles." });
  const isSaid = async () => {
    await expect(page.getByText(/intelligence artificielle.*peut se tromper/)).toBeInViewport();
    await expect(reminder).toBeInViewport();
  };
  await isSaid();
  await ask(page, "[scenario:long] Une réponse longue");
  await isSaid();
  await page.setViewportSize({ width: 360, height: 640 });
  await isSaid();
  await reminder.click();
  await expect(page.getByRole("heading", { name: "Ce qu’il ne faut pas lui confier" })).toBeInViewport();
});

test("the tab has a title at each moment of a question and its answer", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await page.evaluate(() => {
    const seen = window as unknown as { titleWasMissing: boolean };
    seen.titleWasMissing = false;
    new MutationObserver(() => {
      if (document.title === "") seen.titleWasMissing = true;
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await ask(page, "Un titre qui reste");
  await expect(page).toHaveTitle("Un titre qui reste — Assistant IA");
  await expect(page.getByRole("link", { name: "Un titre qui reste" })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { titleWasMissing: boolean }).titleWasMissing)).toBe(false);
});
