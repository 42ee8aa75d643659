import type { Page } from "@playwright/test";
import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";

/** The control that is pressed goes away: whoever works with the keyboard goes on from what is named here, and hears of it. */

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().press("Enter");
const said = (page: Page, text: string | RegExp) =>
  expect(page.getByRole("status").filter({ hasText: text }).first()).toBeAttached();

test("a question that waits is changed, then removed, and the focus goes on to what is left", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await composer(page).fill("[scenario:never-ends] La première");
  await composer(page).press("Enter");
  await expect(page.getByText("mot3", { exact: false }).first()).toBeVisible();
  for (const question of ["La deuxième", "La troisième"]) {
    await composer(page).fill(question);
    await composer(page).press("Enter");
    await expect(page.getByRole("region", { name: "Questions en attente" }).getByText(question)).toBeVisible();
  }
  const list = page.getByRole("region", { name: "Questions en attente" }).getByRole("list");
  const edit = list.getByRole("button", { name: "Modifier la question en attente" }).first();
  await edit.press("Enter");
  await expect(list.getByRole("textbox")).toBeFocused();
  await press(page, "Annuler");
  await expect(edit).toBeFocused();
  await edit.press("Enter");
  await list.getByRole("textbox").fill("La deuxième, corrigée");
  await press(page, "Enregistrer");
  await expect(list.getByText("La deuxième, corrigée")).toBeVisible();
  await expect(edit).toBeFocused();
  await said(page, "La question en attente est modifiée.");

  await press(page, "Retirer la question en attente");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list).toBeFocused();
  await said(page, "La question en attente est retirée.");
  await press(page, "Retirer la question en attente");
  await expect(list).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await press(page, "Arrêter");
});

test("a file is taken away from the question, and the focus goes to the others, then to the composer", async ({
  page,
}) => {
  await signIn(page, /Inès Lefèvre/);
  const aText = (name: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from("Un texte.") });
  await page.setInputFiles("input[type=file]", [aText("premier.txt"), aText("second.txt")]);
  const files = page.getByRole("list", { name: "Fichiers joints" });
  await expect(files.getByText(/^Lu/)).toHaveCount(2);
  await press(page, "Retirer premier.txt");
  await expect(files.getByRole("listitem")).toHaveCount(1);
  await expect(files).toBeFocused();
  await said(page, "premier.txt");
  await press(page, "Retirer second.txt");
  await expect(files).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await said(page, "second.txt");
});

test("a session and a link that are closed leave the focus to the title of their list", async ({ page, browser }) => {
  // Known by its device: the agent's other sessions are those of journeys under way.
  const userAgent = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
  const elsewhere = await (await browser.newContext({ userAgent })).newPage();
  await signIn(elsewhere, /Youssef Benali/);
  await elsewhere.context().close();
  await signIn(page, /Youssef Benali/);
  await ask(page, "Une question que l’on partage");
  await page.getByRole("button", { name: "Partager", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Créer le lien" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Terminé" }).click();
  await page.goto("/parametres");
  const links = page.getByRole("button", { name: /^Fermer le lien de/ });
  const before = await links.count();
  await links.first().press("Enter");
  await expect(links).toHaveCount(before - 1);
  await expect(page.getByRole("heading", { name: "Liens de partage" })).toBeFocused();
  await said(page, "Le lien est fermé.");
  const sessions = page.getByRole("button", { name: /^Fermer la session.*Safari/ });
  const open = await sessions.count();
  await sessions.first().press("Enter");
  await expect(sessions).toHaveCount(open - 1);
  await expect(page.getByRole("heading", { name: "Sessions ouvertes" })).toBeFocused();
  await said(page, "La session est fermée.");
});

test("an archived conversation that comes back to the list says so, and leaves the focus to the composer", async ({
  page,
}) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, "Une question à ranger");
  const address = page.url();
  await page
    .getByRole("button", { name: /Actions sur.*Une question à ranger/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Archiver", exact: true }).click();
  await page.goto(address);
  await untilReady(page);
  await press(page, "Désarchiver");
  await expect(page.getByText("Cette conversation est archivée")).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await said(page, "La conversation est de retour dans votre liste.");
});

test("a temporary conversation that is kept leaves the focus to the composer", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await page.goto("/?temporaire=1");
  await untilReady(page);
  await ask(page, "Une question à garder");
  await press(page, "Conserver");
  await expect(page.getByRole("region", { name: "Conversation temporaire" })).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await said(page, /La conversation est conservée/);
});

test("the notice of the end of the session gives the focus back to where it was", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await page.route("**/api/session", (route) => route.fulfill({ json: { secondsLeft: 299, canExtend: true } }));
  await page.reload();
  await untilReady(page);
  await composer(page).fill("Un brouillon");
  const notice = page.getByRole("region", { name: "Votre session" });
  await expect(notice).toBeVisible({ timeout: 15_000 });
  await page.unroute("**/api/session");
  await press(page, "Rester connecté");
  await expect(notice).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await said(page, "Votre session est prolongée.");
});
