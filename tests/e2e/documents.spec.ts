import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { aDocx, anXlsx } from "../support/office-files";
import { pdfWriter, show } from "../support/pdf-writer";
import { aScan } from "../support/scan-writer";
import { expectAccessible } from "./support/accessibility";
import { ask, composer, composerForm, expect, signIn, test } from "./support/journey";

function pdf(password?: string): Buffer {
  const writer = pdfWriter();
  for (const line of ["Convention de partenariat", "Le montant est de 4 512 euros."])
    writer.page({ content: show(72, 770, line) });
  return writer.bytes(password === undefined ? undefined : { user: password, owner: "proprietaire" });
}
const docx = (text: string) => Buffer.from(aDocx(`<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`));

const cards = (page: Page) => composerForm(page).getByRole("list", { name: "Fichiers joints" });

async function choose(page: Page, ...files: { name: string; buffer: Buffer }[]): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles(files.map((file) => ({ ...file, mimeType: "application/octet-stream" })));
}

test("files are attached, read, given to the model, and found again after a reload", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await choose(
    page,
    { name: "convention.pdf", buffer: pdf() },
    { name: "note.docx", buffer: docx("Signée le 3 mars.") },
  );
  await expect(cards(page).getByText("2 pages")).toBeVisible();
  await expect(cards(page).getByText(/^Lu/)).toBeVisible();
  await expectAccessible(page);

  await ask(page, "[scenario:quotes-question] Quel est le montant ?");
  await expect(cards(page)).toHaveCount(0);
  const answer = page.getByRole("article").last();
  await expect(answer).toContainText("Le montant est de 4 512 euros.");
  await expect(answer).toContainText("Signée le 3 mars.");

  await page.reload();
  const question = page.getByRole("article").first();
  await expect(question.getByRole("link")).toHaveText(["convention.pdf", "note.docx"]);
  const [download] = await Promise.all([page.waitForEvent("download"), question.getByRole("link").first().click()]);
  expect(download.suggestedFilename()).toBe("convention.pdf");
  expect((await readFile(await download.path())).equals(pdf())).toBe(true);
});

test("a workbook is read sheet by sheet, and its sum is computed exactly", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const row = (...cells: string[]) => `<row>${cells.join("")}</row>`;
  // A hundred dimes are not ten in binary fractions.
  const amounts = [...Array.from({ length: 100 }, () => "0.1"), "1234.56"];
  const workbook = anXlsx([
    { name: "Notice", rows: row(text("À lire")) },
    {
      name: "Dépenses",
      rows: [
        row(text("Service"), text("Montant TTC")),
        ...amounts.map((amount) => row(text("Voirie"), `<c><v>${amount}</v></c>`)),
      ].join(""),
    },
  ]);
  await choose(page, { name: "dépenses.xlsx", buffer: Buffer.from(workbook) });
  await expect(cards(page).getByText("2 feuilles")).toBeVisible();
  await ask(page, "[scenario:queries-workbook] Quel est le total ?");
  const answer = page.getByRole("article").last();
  await expect(answer).toContainText(/1\s244,56/);
  await expect(answer).toContainText("101 ligne(s) retenue(s) sur 101");
  const card = answer.getByRole("group").filter({ hasText: "Calcul sur un tableur" });
  await card
    .getByText(/tableur/i)
    .first()
    .click();
  await expect(card).toContainText(/1\s244,56/);
  // Nothing half hidden behind the composer.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expectAccessible(page);
});

test("a question sent while files are on their way goes once they are received", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/documents?id=**", async (route) => {
    await held;
    await route.continue();
  });
  await choose(page, { name: "note.docx", buffer: docx("Le code est 7719.") });
  await composer(page).fill("[scenario:quotes-question] Quel est le code ?");
  await composer(page).press("Enter");
  await expect(page.getByText("Le message partira dès que les fichiers seront envoyés.")).toBeVisible();
  release();
  await expect(page.getByRole("article").last()).toContainText("Le code est 7719.");
});

test("files are dropped on the page or pasted, kept across a reload, and taken away", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["Texte déposé"], "déposé.txt", { type: "text/plain" }));
    return transfer;
  });
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await expect(page.getByText("Déposez vos fichiers ici")).toBeVisible();
  await expect(page.getByText(/anonymisez avant d’envoyer/)).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  await expect(page.getByText("Déposez vos fichiers ici")).toBeHidden();
  await expect(cards(page)).toContainText("déposé.txt");

  await composer(page).evaluate((field) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["Texte collé"], "collé.txt", { type: "text/plain" }));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
  });
  await expect(cards(page).getByText(/^Lu/)).toHaveCount(2);

  await page.reload();
  await expect(cards(page).getByRole("listitem")).toHaveCount(2);
  await cards(page).getByRole("button", { name: "Retirer collé.txt" }).click();
  await expect(cards(page).getByRole("listitem")).toHaveCount(1);
  await cards(page).getByRole("button", { name: "Retirer déposé.txt" }).click();
  await expect(cards(page)).toHaveCount(0);
});

test("what cannot be read says why, and the question goes all the same", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await choose(
    page,
    { name: "programme.exe", buffer: Buffer.from("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "latin1") },
    { name: "rapport.pdf", buffer: pdf().subarray(0, 200) },
    { name: "contrat.docx", buffer: pdf() },
    { name: "lourd.txt", buffer: Buffer.alloc(2_000_001, "a") },
  );
  await expect(cards(page)).toContainText("Ce type de fichier n’est pas accepté.");
  await expect(cards(page)).toContainText("Ce fichier est abîmé");
  await expect(cards(page)).toContainText("ne correspond pas à son extension");
  await expect(cards(page)).toContainText(/Ce fichier est trop lourd\s: au plus 2\sMo par fichier\./);
  await expectAccessible(page);
  await ask(page, "[scenario:quotes-question] Que dites-vous ?");
  await expect(page.getByRole("article").last()).toContainText("document qui n’a pas pu être lu");
});

test("a page with scripts is quoted as text, kept from running, and given to its owner alone as a download", async ({
  page,
  browser,
}) => {
  await signIn(page, /Camille Martin/);
  const html = "<p>Le code est 8821. &lt;script&gt;window.wasRun=1&lt;/script&gt;<script>window.wasRun=1</script></p>";
  await choose(page, { name: "page.html", buffer: Buffer.from(`${html}<img src=x onerror="window.wasRun=1">`) });
  await expect(cards(page).getByText(/^Lu/)).toBeVisible();
  await ask(page, "[scenario:quotes-question] Quel est le code ?");
  const answer = page.getByRole("article").last();
  await expect(answer).toContainText("Le code est 8821. <script>window.wasRun=1</script>");
  expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
  const original = (await page.getByRole("article").first().getByRole("link").getAttribute("href")) ?? "";
  const response = await page.request.get(original);
  expect(response.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment/),
    "content-security-policy": expect.stringContaining("sandbox"),
    "x-content-type-options": "nosniff",
  });

  const id = original.split("/").at(-2) ?? "";
  expect(await (await page.request.get(`/api/documents?ids=${id}`)).json()).toMatchObject([{ id, state: "ready" }]);
  const other = await browser.newPage();
  await signIn(other, /Paul Girard/);
  expect((await other.request.get(original)).status()).toBe(404);
  expect(await (await other.request.get(`/api/documents?ids=${id}`)).json()).toEqual([]);
  await other.close();
});

test("a protected document asks for its password, and is read with it", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await choose(page, { name: "protégé.pdf", buffer: pdf("sésame") });
  await expect(cards(page)).toContainText("Ce document est protégé par un mot de passe.");
  const password = cards(page).getByLabel(/^Mot de passe du document/);
  await password.fill("faux");
  await password.press("Enter");
  await expect(cards(page)).toContainText("Ce mot de passe n’ouvre pas le document.");
  await password.fill("sésame");
  await cards(page).getByRole("button", { name: "Ouvrir" }).click();
  await expect(cards(page).getByText("2 pages")).toBeVisible();
  await expect(cards(page).getByRole("group", { name: "protégé.pdf" })).toBeFocused();
  await cards(page).getByRole("button", { name: "Retirer protégé.pdf" }).click();
});

test("an upload that the network cuts is sent again in one click", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  let isCut = true;
  await page.route("**/api/documents?id=**", (route) => (isCut ? route.abort() : route.continue()));
  await choose(page, { name: "note.docx", buffer: docx("Bonjour") });
  await expect(cards(page).getByRole("alert")).toBeVisible();
  isCut = false;
  await cards(page).getByRole("button", { name: "Réessayer avec note.docx" }).click();
  await expect(cards(page).getByRole("group", { name: "note.docx" })).toBeFocused();
  await expect(cards(page).getByText(/^Lu/)).toBeVisible();
  await cards(page).getByRole("button", { name: "Retirer note.docx" }).click();
});

test("a scan is recognised page by page, and said to be verified", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, /Camille Martin/);
  await choose(page, { name: "scan.pdf", buffer: await aScan("Le dossier porte le code 4512.") });
  await expect(cards(page)).toContainText(/texte reconnu, à vérifier/, { timeout: 60_000 });
  await ask(page, "[scenario:quotes-question] Quel est le code ?");
  const answer = page.getByRole("article").last();
  await expect(answer).toContainText("Le dossier porte le code 4512.");
  await expect(answer.getByRole("list", { name: "Sources" })).toContainText("texte reconnu, à vérifier");
});

test("an image says what the chosen model, that does not see, can know of it", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#3366aa" } })
    .png()
    .toBuffer();
  await choose(page, { name: "façade.png", buffer: picture });
  await expect(cards(page)).toContainText("aucun texte reconnu", { timeout: 30_000 });
  await expect(cards(page)).toContainText(/Le modèle choisi ne voit pas les images\s: il ne saura rien de celle-ci\./);
  await expectAccessible(page);
});
