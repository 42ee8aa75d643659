import type { Page } from "@playwright/test";
import { aDocx } from "../support/office-files";
import { pdfWriter, show } from "../support/pdf-writer";
import { aScan } from "../support/scan-writer";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composer, composerForm, expect, signIn, test, untilReady } from "./support/journey";

const docx = (text: string) => Buffer.from(aDocx(`<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`));
function pdf(...pages: string[]): Buffer {
  const writer = pdfWriter();
  for (const line of pages) writer.page({ content: show(72, 770, line) });
  return writer.bytes();
}

const cards = (page: Page) => composerForm(page).getByRole("list", { name: "Fichiers joints" });
const library = (page: Page) => page.getByRole("list", { name: "Mes documents" });
const rowOf = (page: Page, name: string) =>
  library(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name, exact: true }) });
const searchField = (page: Page) => page.getByRole("searchbox", { name: "Chercher par nom ou par contenu" });

async function attach(page: Page, ...files: { name: string; buffer: Buffer }[]): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles(files.map((file) => ({ ...file, mimeType: "application/octet-stream" })));
  await expect(cards(page).getByText(/^(Lu|\d+ page)/)).toHaveCount(files.length);
}

/** How many files leave the browser from now on. */
function countUploads(page: Page): () => number {
  let uploads = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/api/documents")) uploads += 1;
  });
  return () => uploads;
}

test("a document is found by its content, used in another conversation without being sent again, then deleted", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signIn(page, /Camille Martin/);
  await attach(
    page,
    {
      name: "Convention de partenariat.pdf",
      buffer: pdf("Preambule", "Le montant de la subvention est de 4512 euros."),
    },
    { name: "note de service.docx", buffer: docx("Les congés sont demandés par écrit.") },
  );
  await ask(page, "[scenario:quotes-question] Quel est le montant ?");
  const first = page.url();
  const uploads = countUploads(page);

  await page.getByRole("link", { name: "Mes documents" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mes documents" })).toBeVisible();
  await expect(rowOf(page, "Convention de partenariat.pdf")).toContainText(/PDF · 2 pages\s· .*Utilisé dans/);
  await expectAccessible(page);

  await searchField(page).pressSequentially("subventions montant");
  await expect(page).toHaveURL(/\/documents\?q=subventions\+montant$/);
  await expect(page.getByText(/^1 document répond à/)).toBeVisible();
  await expect(searchField(page)).toBeFocused();
  const found = library(page).getByRole("listitem");
  await expect(found).toHaveCount(1);
  await expect(found).toContainText(/Page 2 · .*Le montant de la subvention est de 4512 euros/);
  await expect(found.locator("mark")).toHaveText(["montant", "subvention"]);
  await expectAccessible(page);
  await page.reload();
  await expect(searchField(page)).toHaveValue("subventions montant");
  await expect(found).toHaveCount(1);

  await found.getByRole("button", { name: /^Utiliser dans une nouvelle conversation/ }).click();
  await untilReady(page);
  await expect(cards(page).getByRole("listitem")).toHaveCount(1);
  await expect(cards(page)).toContainText(/Convention de partenariat\.pdf.*2 pages/);
  await expect(composer(page)).toBeFocused();
  await ask(page, "[scenario:quotes-question] Rappelle le montant");
  await expect(page.getByRole("article").last()).toContainText("4512 euros");
  await page.reload();
  const question = page.getByRole("article").first();
  await expect(question.getByRole("link", { name: "Convention de partenariat.pdf" })).toBeVisible();
  const second = page.url();
  expect(second).not.toBe(first);
  expect(uploads()).toBe(0);

  await page.goto("/documents?q=convention");
  await expect(rowOf(page, "Convention de partenariat.pdf").locator('a[href^="/conversations/"]')).toHaveCount(2);
  await page.getByRole("button", { name: "Supprimer Convention de partenariat.pdf" }).click();
  await expect(rowOf(page, "Convention de partenariat.pdf")).toHaveCount(0);
  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  await expect(rowOf(page, "Convention de partenariat.pdf")).toHaveCount(1);
  await page.getByRole("button", { name: "Supprimer Convention de partenariat.pdf" }).click();
  await expect(page.getByText(/Convention de partenariat\.pdf.* est supprimé/)).toBeVisible();
  for (const address of [first, second]) {
    await page.goto(address);
    await expect(page.getByText("Convention de partenariat.pdf, document supprimé")).toBeVisible();
  }
});

test("documents are chosen in the composer, with the keyboard, and taken away without being deleted", async ({
  page,
}) => {
  await signIn(page, /Léa Nguyen/);
  await attach(
    page,
    { name: "rapport annuel.docx", buffer: docx("Le bilan est positif.") },
    { name: "compte rendu.docx", buffer: docx("La réunion est close.") },
    { name: "courrier.docx", buffer: docx("Madame, Monsieur,") },
  );
  await ask(page, "[scenario:quotes-question] Que disent-ils ?");
  await page.goto("/");
  await untilReady(page);
  const uploads = countUploads(page);

  const opener = page.getByRole("button", { name: "Mes documents" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Mes documents" });
  const field = dialog.getByRole("searchbox");
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("checkbox")).toHaveCount(3);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();

  await page.keyboard.press("Enter");
  await field.pressSequentially("bilan");
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await expect(dialog.locator("mark")).toHaveText("bilan");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(dialog.getByRole("checkbox", { name: "rapport annuel.docx" })).toBeChecked();
  await field.fill("reunion");
  await dialog.getByRole("checkbox", { name: "compte rendu.docx" }).check();
  await dialog.getByRole("button", { name: "Joindre 2 documents" }).click();
  await expect(dialog).toBeHidden();
  await expect(cards(page).getByRole("listitem")).toHaveCount(2);
  await expect(cards(page).getByText(/^Lu/)).toHaveCount(2);
  await expectAccessible(page);

  await opener.click();
  await expect(dialog.getByRole("checkbox", { name: "compte rendu.docx" })).toBeDisabled();
  await page.keyboard.press("Escape");

  // What is taken away after a reload stays among the documents all the same.
  await page.reload();
  await expect(cards(page).getByRole("listitem")).toHaveCount(2);
  await cards(page).getByRole("button", { name: "Retirer rapport annuel.docx" }).click();
  await expect(cards(page).getByRole("listitem")).toHaveCount(1);
  await ask(page, "[scenario:quotes-question] Et celui-ci ?");
  await expect(page.getByRole("article").last()).toContainText("La réunion est close.");
  expect(uploads()).toBe(0);
  await page.goto("/documents");
  await expect(rowOf(page, "rapport annuel.docx")).toBeVisible();
  await expect(rowOf(page, "compte rendu.docx").locator('a[href^="/conversations/"]')).toHaveCount(2);
});

test("the library says when it is empty or finds nothing, holds long names, and fits a phone", async ({ page }) => {
  await signIn(page, /Hugo Petit/);
  await page.goto("/parametres");
  await page.getByRole("link", { name: "Ouvrir mes documents" }).click();
  await expect(page.getByText("Aucun document", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Poser une question" }).click();
  await untilReady(page);
  const long = `${"Rapport-d-activité-du-service-instructeur_".repeat(4)}.docx`;
  await attach(page, { name: long, buffer: docx("Texte") });
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "abîmé.pdf", mimeType: "application/pdf", buffer: pdf("x").subarray(0, 200) });
  await expect(cards(page)).toContainText("Ce fichier est abîmé");
  await ask(page, "[scenario:quotes-question] Que dites-vous ?");
  await page.goto("/documents?q=xylophone");
  await expect(page.getByText("Rien ne répond à")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Effacer la recherche" }).click();
  await expect(searchField(page)).toHaveValue("");
  await expect(rowOf(page, long)).toBeVisible();
  await expect(rowOf(page, "abîmé.pdf")).toContainText("Ce fichier est abîmé");
  for (const width of [320, 640, 1920]) {
    await page.setViewportSize({ width, height: 700 });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page);
});

test("the library is searched without scripts", async ({ browser, page }) => {
  await signIn(page, /Paul Girard/);
  await attach(page, { name: "sans script.docx", buffer: docx("Texte") });
  await ask(page, "[scenario:quotes-question] Que dit-il ?");
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto("/documents");
  await searchField(plain).fill("sans script");
  await searchField(plain).press("Enter");
  await expect(plain).toHaveURL(/\?q=sans\+script$/);
  await expect(rowOf(plain, "sans script.docx")).toBeVisible();
  await context.close();
});

test("the list says by itself that a document has been read", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const scan = await aScan("Le montant est de 4512 euros");
  await page
    .locator('input[type="file"]')
    .setInputFiles([{ name: "courrier numérisé.pdf", buffer: scan, mimeType: "application/pdf" }]);
  await expect(cards(page)).toContainText(/Lecture|Reconnaissance/);
  // The page of the list is drawn while it is still being read.
  await page.getByRole("link", { name: "Mes documents" }).click();
  const row = rowOf(page, "courrier numérisé.pdf");
  await expect(row).toContainText(/en cours|0 page.* sur 1|reconnu/i);
  await expect(row).toContainText("1 page", { timeout: 40_000 });
  await expect(row).toContainText("à vérifier");
  await row.getByRole("button", { name: /^Supprimer/ }).click();
});
