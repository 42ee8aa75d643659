import { randomUUID } from "node:crypto";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, expect, send, signIn, test } from "./support/journey";
import { askEach, conversations, createProject, listed, moveTo, openProject, projects, row } from "./support/projects";
import { field, filters, palette, results } from "./support/search";

const own = (title: string) => `${title} ${randomUUID().slice(0, 6)}`;

test("a search is kept within a project, by its filter or by what is typed", async ({ page }) => {
  const [title, word] = [own("Projet École"), `mot${randomUUID().slice(0, 6)}`];
  await signIn(page, /Youssef Benali/);
  await askEach(page, `${word} dehors`);
  await page.goto("/");
  await createProject(page, title);
  await ask(page, `${word} dedans`);

  await page.goto(`/recherche?q=${word}`);
  await expect(results(page).filter({ hasText: "dehors" }).first()).toBeVisible();
  await expect(results(page).filter({ hasText: "dedans" }).first()).toContainText(`Projet « ${title} »`);
  await filters(page).click();
  await page.getByRole("combobox", { name: "Projet" }).selectOption({ label: title });
  await expect(field(page)).toHaveValue(`${word} projet:"${title}"`);
  await expect(results(page).filter({ hasText: "dehors" })).toHaveCount(0);
  await expect(results(page).filter({ hasText: "dedans" }).first()).toBeVisible();
  await expectAccessible(page);

  const begun = title.slice(0, -1).toUpperCase().replace("É", "E");
  await page.goto(`/recherche?q=${encodeURIComponent(`${word} projet:"${begun}"`)}`);
  await expect(results(page).filter({ hasText: "dedans" }).first()).toBeVisible();
  await expect(results(page).filter({ hasText: "dehors" })).toHaveCount(0);
  await page.goto(`/recherche?q=${encodeURIComponent(`${word} projet:introuvable`)}`);
  await expect(page.getByText("Aucun de vos projets ne s’appelle « introuvable »")).toBeVisible();
  await expect(results(page).filter({ hasText: "dehors" }).first()).toBeVisible();
  await expectAccessible(page);
});

test("a beginning that several projects share is said to be ignored, and what would settle it", async ({ page }) => {
  const beginning = own("Commun");
  await signIn(page, /Youssef Benali/);
  for (const end of ["nord", "sud"]) await createProject(page, `${beginning} ${end}`);
  await page.goto(`/recherche?q=${encodeURIComponent(`mot projet:"${beginning}"`)}`);
  await expect(page.getByText(`Plusieurs projets commencent par « ${beginning} »`)).toBeVisible();
  await expectAccessible(page);
});

test("a project tells of an answer that is written in it, then that there is a new one, until it is seen", async ({
  page,
}) => {
  const [title, question] = [own("Suivi"), own("Une longue question")];
  await signIn(page, /Léa Nguyen/);
  await createProject(page, title);
  await send(page, `[scenario:slow-stream] ${question}`);
  await expect(page).toHaveURL(/conversations/);
  await page.getByRole("link", { name: "Nouvelle conversation" }).first().click();
  const link = projects(page).getByRole("link", { name: title });
  await expect(link.getByText("Réponse en cours")).toBeAttached();
  await expect(link.getByText("Nouvelle réponse")).toBeAttached({ timeout: 20_000 });
  await link.click();
  await listed(page, question).click();
  await expect(page.getByText("mot60")).toBeVisible();
  await expect(link.getByText("Nouvelle réponse")).toHaveCount(0);

  // What is written under one's eyes is never new.
  await page.evaluate((name) => {
    new MutationObserver(() => {
      const drawn = [...document.querySelectorAll("nav a")].find((each) => each.textContent?.includes(name));
      if (drawn?.textContent?.includes("Nouvelle réponse")) document.documentElement.dataset.told = "";
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, title);
  await ask(page, "Et ensuite ?");
  await expect(link.getByText("Réponse en cours")).toHaveCount(0);
  await expect(page.locator("html")).not.toHaveAttribute("data-told");
});

test("without scripts, the filter of projects is sent by the form", async ({ page, browser }) => {
  const title = own("Sans script");
  await signIn(page, /Youssef Benali/);
  await createProject(page, title);
  const still = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await still.goto("/recherche?q=mot");
  await filters(still).click();
  await still.getByRole("combobox", { name: "Projet" }).selectOption({ label: title });
  await still.getByRole("button", { name: "Chercher" }).click();
  await expect(field(still)).toHaveValue(`mot projet:"${title}"`);
});

test("the palette leads to a project", async ({ page }) => {
  const title = own("Palette");
  await signIn(page, /Youssef Benali/);
  await createProject(page, title);
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill(title.toLowerCase());
  await palette(page).getByRole("option", { name: title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});

test("the projects are folded, and stay so", async ({ page }) => {
  const title = own("Plié");
  await signIn(page, /Youssef Benali/);
  await createProject(page, title);
  const link = projects(page).getByRole("link", { name: title });
  const fold = projects(page).getByRole("button", { name: "Projets", exact: true });
  await expect(link).toBeVisible();
  await fold.click();
  await expect(link).toBeHidden();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await page.reload();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(link).toBeHidden();
  await fold.click();
  await expect(link).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test("a project is made, filled and read, and nothing is out of the screen", async ({ page }) => {
    const [title, name] = [
      own("Rénovation énergétique des bâtiments scolaires de la commune et hameaux"),
      own("Sur le pouce"),
    ];
    await signIn(page, /Hugo Petit/);
    await ask(page, name);
    const opener = page.getByRole("button", { name: "Ouvrir la liste des conversations" });
    await opener.tap();
    await projects(page).getByRole("button", { name: "Nouveau projet" }).tap();
    await page.getByRole("dialog").getByRole("textbox", { name: "Titre" }).fill(title);
    await expectNoSidewaysScroll(page);
    await page.getByRole("dialog").getByRole("button", { name: "Créer le projet" }).tap();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await opener.tap();
    await conversations(page)
      .getByRole("button", { name: new RegExp(`Actions sur.*${name}`) })
      .tap();
    await page.getByRole("menuitem", { name: "Déplacer vers un projet…" }).tap();
    await expectNoSidewaysScroll(page);
    await moveTo(page, title);
    await expect(row(page, name)).toBeHidden();
    await openProject(page, title);
    await expect(listed(page, name)).toBeVisible();
    await expectNoSidewaysScroll(page);
    // The composer stays at the bottom of the screen: whatever one scrolled to lies partly under it, but not in a long one.
    await page.setViewportSize({ width: 320, height: 1_400 });
    await expectAccessible(page);
  });
});
