import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composer, expect, signIn, test } from "./support/journey";

const publicPages = [
  "/accueil",
  "/connexion",
  "/connexion?erreur=secteur-prive",
  "/mentions-legales",
  "/donnees-personnelles",
  "/accessibilite",
  "/plan-du-site",
  "/aide",
  "/galerie",
  "/aide/page-qui-n-existe-pas",
];

for (const path of publicPages) {
  test(`${path} has no accessibility fault a tool can see, and fits 320 px`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
  });
}

test("a refused sign-in and a page that does not exist are what is looked at above", async ({ page }) => {
  await page.goto("/connexion?erreur=secteur-prive");
  await expect(page.getByRole("alert").filter({ hasText: "secteur privé" })).toBeVisible();
  expect((await page.goto("/aide/page-qui-n-existe-pas"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Page introuvable" })).toBeVisible();
});

test("each page has its own title", async ({ page }) => {
  const titles = new Map<string, string>();
  for (const path of publicPages.filter((each) => !each.includes("?"))) {
    await page.goto(path);
    titles.set(await page.title(), path);
  }
  expect(titles.size).toBe(publicPages.length - 1);
});

test("home, a conversation and the settings have no accessibility fault a tool can see, and fit 320 px", async ({
  page,
}) => {
  // Four screens, each in both themes.
  test.setTimeout(120_000);
  await signIn(page, /Anne Roux/);
  await expectAccessible(page);
  await ask(page, "Une réponse avec tout");
  await expectAccessible(page);
  await composer(page).fill("[scenario:cut-in-the-middle] Une réponse coupée");
  await composer(page).press("Enter");
  await expect(page.getByRole("button", { name: "Réessayer" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.goto("/parametres");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.goto("/");
  await expectNoSidewaysScroll(page);
});

test("the assistant fits a wide screen, a screen zoomed to 200 %, and letters twice as large", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await ask(page, "[scenario:long] Une réponse longue");
  const sizes = [
    { width: 1920, height: 1080 },
    // 1280 × 800 at 200 %.
    { width: 640, height: 400 },
  ];
  for (const path of [new URL(page.url()).pathname, "/", "/parametres", "/aide"]) {
    await page.goto(path);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await expectNoSidewaysScroll(page);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    await expectNoSidewaysScroll(page);
  }
});

test("who asks for less motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, /Anne Roux/);
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const { animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
        const longest = Math.max(...`${animationDuration},${transitionDuration}`.split(",").map(Number.parseFloat));
        return longest > 0.001 || scrollBehavior === "smooth";
      }).length,
  );
  expect(moving).toBe(0);
});

test("an answer being written, an open menu, a dialog and the drawer have no fault a tool can see", async ({
  page,
}) => {
  await signIn(page, /Léa Nguyen/);
  // It stays in place while it is looked at.
  await composer(page).fill("[scenario:stalls] Une réponse sans fin");
  await composer(page).press("Enter");
  await expect(page.getByText("puis")).toBeVisible();
  await expect(page.getByRole("article").last()).toHaveAttribute("aria-busy", "true");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Arrêter" }).click();

  await page
    .getByRole("button", { name: /Actions sur/ })
    .first()
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, { themes: ["light"] });
  await page.getByRole("menuitem", { name: "Renommer" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.setViewportSize({ width: 360, height: 740 });
  await page
    .getByRole("button", { name: /ouvrir/i })
    .first()
    .click();
  await expectAccessible(page);
});

test("the keyboard alone goes through the page: skip links, a visible focus, menus and dialogs that close with Échap", async ({
  page,
}) => {
  await signIn(page, /Paul Girard/);
  await ask(page, "Au clavier");
  await page.reload();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Aller au contenu" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toBeFocused();

  const row = page.getByRole("button", { name: /Actions sur « Au clavier »/ }).first();
  await row.focus();
  const outline = await row.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).toBe("solid");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Renommer" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(row).toBeFocused();
});
