import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, expect, signIn, test } from "./support/journey";
import { signInByRequests } from "./support/sign-in";

const list = (page: Page) => page.getByRole("navigation", { name: "Vos conversations" });
const row = (page: Page, title: string) => list(page).getByRole("link", { name: title });
const shelves = (page: Page) => page.getByRole("navigation", { name: "Autres pages" });

/** Asks each question in a conversation of its own. */
async function askEach(page: Page, ...questions: string[]): Promise<void> {
  for (const question of questions) {
    await page.goto("/");
    await ask(page, question);
  }
}

async function choose(page: Page, title: string, item: string): Promise<void> {
  await list(page)
    .getByRole("button", { name: new RegExp(`Actions sur.*${title}`) })
    .click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("a pinned conversation stays on top, an archived one leaves the list and comes back with a new question", async ({
  page,
}) => {
  await signIn(page, /Anne Roux/);
  await askEach(page, "Ordre un", "Ordre deux", "Ordre trois");
  await choose(page, "Ordre un", "Épingler");
  const onTop = list(page).getByRole("region", { name: "Épinglées" });
  await expect(onTop.getByRole("link", { name: "Ordre un" })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(onTop.getByRole("link")).toHaveCount(1);
  await choose(page, "Ordre un", "Désépingler");
  await expect(onTop).toBeHidden();
  await expect(row(page, "Ordre un")).toBeVisible();

  await choose(page, "Ordre deux", "Archiver");
  await expect(row(page, "Ordre deux")).toBeHidden();
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(row(page, "Ordre deux")).toBeVisible();
  await choose(page, "Ordre deux", "Archiver");
  await expect(row(page, "Ordre deux")).toBeHidden();
  await shelves(page).getByRole("link", { name: "Archives" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Archives" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Ordre deux" }).click();
  await expect(page.getByText("Cette conversation est archivée")).toBeVisible();
  await expectAccessible(page);
  await ask(page, "Encore ?");
  await expect(row(page, "Ordre deux")).toBeVisible();
  await expect(page.getByText("Cette conversation est archivée")).toBeHidden();

  await choose(page, "Ordre trois", "Archiver");
  await expect(page.getByText(/Ordre trois.* est archivée/)).toBeVisible();
  await page.goto("/archives");
  await page.getByRole("button", { name: /Désarchiver.*Ordre trois/ }).click();
  await expect(row(page, "Ordre trois")).toBeVisible();
  await expect(page.getByText("Aucune conversation archivée")).toBeVisible();
  await expectAccessible(page);
});

test("several conversations are selected and deleted with the keyboard alone, then restored from the trash", async ({
  page,
}) => {
  await signIn(page, /Léa Nguyen/);
  await askEach(page, "Choix A", "Choix B", "Choix C", "Choix D");
  await page.goto("/");
  await expect(row(page, "Choix D")).toBeVisible();
  const start = list(page).getByRole("button", { name: "Sélectionner", exact: true });
  await start.focus();
  await page.keyboard.press("Enter");
  const options = list(page).getByRole("listbox");
  await expect(options.getByRole("option", { name: "Choix D" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Space");
  await expect(list(page).getByRole("status")).toHaveText("1 sélectionnée");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(list(page).getByRole("status")).toHaveText("3 sélectionnées");
  await page.keyboard.press("Escape");
  await expect(options).toBeHidden();
  await expect(start).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(options.getByRole("option", { name: "Choix D" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(options.getByRole("option", { name: "Choix B", selected: true })).toBeVisible();
  await list(page).getByRole("button", { name: "Supprimer", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 conversations sont dans la corbeille.")).toBeVisible();
  await expect(row(page, "Choix B")).toBeHidden();
  await expect(row(page, "Choix A")).toBeVisible();

  await page.goto("/corbeille");
  const main = page.getByRole("main");
  await expect(main.getByRole("listitem").filter({ hasText: "Choix C" })).toContainText("disparaît dans 30 jours");
  await expectAccessible(page);
  await main.getByRole("button", { name: /Restaurer.*Choix C/ }).click();
  await expect(row(page, "Choix C")).toBeVisible();
  await main.getByRole("button", { name: /Supprimer définitivement.*Choix B/ }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Annuler" })).toBeFocused();
  await dialog.getByRole("button", { name: "Supprimer définitivement" }).click();
  await expect(main.getByText("Choix B")).toBeHidden();

  await choose(page, "Choix A", "Supprimer");
  await expect(page.getByText("« Choix A » est dans la corbeille.")).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Vider la corbeille" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Vider la corbeille" }).click();
  await expect(page.getByText("La corbeille est vide")).toBeVisible();
  await page.reload();
  await expect(page.getByText("La corbeille est vide")).toBeVisible();
});

test("an account is deleted after a typed confirmation, with a receipt, and the next sign-in finds an empty one", async ({
  page,
  browser,
}) => {
  await signIn(page, /Nora Klein/);
  await ask(page, "Avant de partir");
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, /Nora Klein/);
  await page.goto("/parametres");
  await page.getByRole("button", { name: "Supprimer mon compte" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await expectAccessible(page);
  await dialog.getByRole("textbox").fill("oui");
  await dialog.getByRole("button", { name: "Supprimer mon compte" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(/Écrivez SUPPRIMER/);
  await dialog.getByRole("textbox").fill("supprimer");
  await dialog.getByRole("button", { name: "Supprimer mon compte" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Compte supprimé" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: /^2$/ })).toBeVisible();
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Télécharger le reçu" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toMatch(
    /Conversations supprimées : 1\r\nMessages supprimés : 2/,
  );

  await elsewhere.goto("/");
  await expect(elsewhere).toHaveURL(/connexion/);
  await page.goto("/");
  await expect(page).toHaveURL(/accueil/);
  await signInByRequests(page, /Nora Klein/);
  await page.goto("/");
  await expect(list(page).getByText("Aucune conversation")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("one selects, archives and finds back without anything out of the screen", async ({ page }) => {
    await signIn(page, /Hugo Petit/);
    await askEach(page, "Un titre de conversation bien trop long pour tenir sur une seule ligne de téléphone", "Court");
    const opener = page.getByRole("button", { name: "Ouvrir la liste des conversations" });
    await opener.tap();
    await list(page).getByRole("button", { name: "Sélectionner", exact: true }).tap();
    await list(page).getByRole("option", { name: "Court" }).tap();
    await list(page)
      .getByRole("option", { name: /Un titre/ })
      .tap();
    await expect(list(page).getByRole("status")).toHaveText("2 sélectionnées");
    await expectNoSidewaysScroll(page);
    await page.keyboard.press("Escape");
    await expect(list(page).getByRole("listbox")).toBeHidden();
    await expect(list(page), "the drawer stays").toBeVisible();
    await list(page).getByRole("button", { name: "Sélectionner", exact: true }).tap();
    await list(page)
      .getByRole("option", { name: /Un titre/ })
      .tap();
    await list(page).getByRole("button", { name: "Archiver" }).tap();
    await expect(row(page, "Un titre")).toBeHidden();
    await shelves(page).getByRole("link", { name: "Archives" }).tap();
    await expect(page.getByRole("main").getByRole("link", { name: /Un titre/ })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: /^Supprimer «\sUn titre/ }).tap();
    await expect(page.getByText(/Un titre.* est dans la corbeille/)).toBeVisible();
    await page.goto("/corbeille");
    await expect(page.getByRole("main").getByText(/Un titre/)).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});
