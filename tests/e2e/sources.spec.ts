import type { Page } from "@playwright/test";
import { aDocx, anXlsx } from "../support/office-files";
import { pdfWriter, showLines } from "../support/pdf-writer";
import { aScan } from "../support/scan-writer";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composerForm, expect, signIn, test } from "./support/journey";

const LINES = ["Le conseil vote la subvention.", "Son montant est de 4 512 euros.", "Elle est versée en mars."];
const PASSAGE = "montant est de 4 512 euros";
/** In points from the top: where the second line is written. */
const LINE_TOP = 842 - 700;

function pdf(): Buffer {
  const writer = pdfWriter();
  writer.page({ content: showLines(72, 770, ["Convention de partenariat", "Article premier"], 14, 24) });
  writer.page({ content: showLines(72, 724, LINES, 14, 24) });
  writer.page({ content: showLines(72, 770, ["Fait à Paris."], 14, 24) });
  return writer.bytes();
}
const docx = () => Buffer.from(aDocx(LINES.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join("")));

const fileNamed = (name: string, buffer: Buffer) => ({ name, buffer, mimeType: "application/octet-stream" });

/** Asks about files that all say the same amount, of a model that cites each, and one that does not exist. */
async function aCitedAnswer(page: Page): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles([fileNamed("convention.pdf", pdf()), fileNamed("note.docx", docx())]);
  await expect(composerForm(page).getByText("3 pages")).toBeVisible();
  await expect(composerForm(page).getByText(/^Lu/)).toBeVisible();
  await ask(page, "[scenario:cites-amounts] Quel est le montant de la subvention ?");
}

const answerOf = (page: Page) => page.getByRole("article").last();
const panelOf = (page: Page) => page.locator("aside, dialog").filter({ has: page.locator("#source-title") });

/** Where the highlight is on its page, in points, and how much ink the canvas has in it, before it and under it. */
const seenUnder = (page: Page) =>
  page.locator("[data-drawn]").evaluate((holder) => {
    const canvas = holder.querySelector("canvas");
    const context = canvas?.getContext("2d");
    const [around, mark] = [holder, holder.querySelector("[data-highlight]")].map((one) =>
      one?.getBoundingClientRect(),
    );
    if (!canvas || !context || !around || !mark) throw new Error("nothing is drawn, or nothing is highlighted");
    const perPoint = around.width / 595;
    const box = {
      x: (mark.left - around.left) / perPoint,
      y: (mark.top - around.top) / perPoint,
      width: mark.width / perPoint,
      height: mark.height / perPoint,
    };
    const ink = (x: number, y: number, width: number, height: number) => {
      const [left = 0, top = 0, wide = 1, high = 1] = [x, y, width, height].map((of) => (of * canvas.width) / 595);
      const { data } = context.getImageData(left, top, wide, high);
      const dark = data.filter((value, at) => at % 4 === 0 && value < 128).length;
      return dark / (data.length / 4);
    };
    return {
      box,
      within: ink(box.x, box.y, box.width, box.height),
      wordBefore: ink(box.x - 24, box.y, 20, box.height),
      above: ink(box.x, box.y - 8, box.width, 6),
    };
  });

test("a citation of a PDF opens its page with the passage highlighted, by keyboard alone", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, /Camille Martin/);
  await aCitedAnswer(page);
  const answer = answerOf(page);
  await expect(answer.locator("p").first()).toHaveText(
    `La subvention est de 4 512 €\u00a0: «\u00a0${PASSAGE}\u00a0» [1], ce que confirme\u00a0: «\u00a0${PASSAGE}\u00a0» [2].`,
  );
  await expect(answer.getByRole("button", { name: /^source/ })).toHaveCount(2);
  await expect(answer.getByRole("list", { name: "Sources" }).getByRole("button")).toHaveText([
    "[1]convention.pdf, page 2",
    "[2]note.docx, partie 1",
  ]);
  await expect(answer.getByText(/1 numéro retiré/)).toBeVisible();

  const marker = answer.getByRole("button", { name: "source 1, convention.pdf, page 2" });
  const { width = 0, height = 0 } = (await marker.boundingBox()) ?? {};
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  await marker.focus();
  await page.keyboard.press("Enter");
  const panel = panelOf(page);
  await expect(panel.getByRole("heading", { name: /^Source 1\s: convention\.pdf$/ })).toBeFocused();
  await expect(panel).toContainText("page 2 sur 3");
  await expect(panel.locator("[data-drawn]")).toBeVisible();
  await expect(panel.locator("mark")).toHaveText(PASSAGE);
  await expect(panel.locator("[data-highlight]")).toHaveCount(1);
  // Not on the main thread, where pdf.js falls back when its worker is refused.
  expect(page.workers()).toHaveLength(1);
  const { box, within, wordBefore, above } = await seenUnder(page);
  expect(box.y).toBeGreaterThan(LINE_TOP - 14);
  expect(box.y + box.height).toBeLessThan(LINE_TOP + 10);
  expect(within).toBeGreaterThan(0.05);
  expect(wordBefore).toBeGreaterThan(0.02);
  expect(above).toBe(0);
  await expectAccessible(page);

  await panel.getByRole("button", { name: "Agrandir" }).press("Enter");
  await expect(panel.locator("[data-highlight]")).toBeInViewport();
  await panel.getByRole("button", { name: "Page suivante" }).press("Enter");
  await expect(panel).toContainText("page 3 sur 3");
  await expect(panel.getByRole("region", { name: "page 3" })).toContainText("Fait à Paris.");
  await expect(panel.locator("mark, [data-highlight]")).toHaveCount(0);
  await panel.getByRole("button", { name: "Revenir au passage cité" }).press("Enter");
  await panel.getByRole("button", { name: "Texte", exact: true }).press("Enter");
  await expect(panel.locator("mark")).toBeInViewport();
  await expect(panel.locator("canvas")).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    panel.getByRole("link", { name: "Télécharger l’original" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("convention.pdf");

  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(marker).toBeFocused();
});

test("a citation of another file opens its text with the passage marked, and says when the file is gone", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, /Paul Girard/);
  await aCitedAnswer(page);
  const line = answerOf(page).getByRole("button", { name: /^\[2\] ?note\.docx, partie 1$/ });
  await line.press("Enter");
  const panel = panelOf(page);
  await expect(panel.locator("mark")).toHaveText(PASSAGE);
  await expect(panel.getByRole("region", { name: "partie 1" })).toContainText(LINES.at(-1) ?? "");
  await expect(panel.locator("canvas")).toHaveCount(0);
  await expectAccessible(page);
  await panel.getByRole("button", { name: "Fermer" }).press("Enter");
  await expect(line).toBeFocused();

  const original = page
    .getByRole("article")
    .first()
    .getByRole("link", { name: /note\.docx/ });
  const address = (await original.getAttribute("href"))?.replace(/\/original$/, "") ?? "";
  const { origin } = new URL(page.url());
  const fromHere = { headers: { origin, "sec-fetch-site": "same-origin" } };
  expect((await page.request.delete(address, fromHere)).status()).toBe(204);
  await line.press("Enter");
  await expect(panel.getByRole("alert")).toContainText("Ce document a été supprimé.");
  await expect(panel.getByRole("link")).toHaveCount(0);
});

test("a citation opens the sheet of a workbook, and the page of a scan, with its text to be verified", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, /Hugo Petit/);
  const cell = (value: string) => `<row><c t="inlineStr"><is><t>${value}</t></is></c></row>`;
  const workbook = anXlsx([
    { name: "Notice", rows: cell("À lire") },
    { name: "Aides", rows: LINES.map(cell).join("") },
  ]);
  await page
    .locator('input[type="file"]')
    .setInputFiles([
      fileNamed("aides.xlsx", Buffer.from(workbook)),
      fileNamed("scan.pdf", await aScan("Son montant est de 4512 euros.")),
    ]);
  await expect(composerForm(page).getByText("2 feuilles")).toBeVisible();
  await expect(composerForm(page)).toContainText(/texte reconnu, à vérifier/, { timeout: 60_000 });
  await ask(page, "[scenario:cites-amounts] Quel est le montant ?");
  await page.reload();

  const sheet = answerOf(page).getByRole("button", { name: /^source 1, aides\.xlsx, feuille « Aides »$/ });
  await sheet.press("Enter");
  const panel = panelOf(page);
  await expect(panel.locator("mark")).toHaveText(PASSAGE);
  await expect(panel.getByRole("region")).toContainText(LINES[0] ?? "");
  await page.keyboard.press("Escape");
  const scan = answerOf(page).getByRole("button", { name: /^source 2, scan\.pdf, page 1$/ });
  await expect(answerOf(page).getByRole("list", { name: "Sources" })).toContainText(
    "page 1, texte reconnu, à vérifier",
  );
  await scan.press("Enter");
  await expect(panel.locator("[data-drawn]")).toBeVisible();
  // Of the picture, drawn between 50 and 242 points from the top, the line is halfway down.
  const { box, within } = await seenUnder(page);
  expect(box.y).toBeGreaterThan(115);
  expect(box.y + box.height).toBeLessThan(165);
  expect(box.x).toBeGreaterThan(36);
  expect(box.width).toBeGreaterThan(120);
  expect(within).toBeGreaterThan(0.02);
  await panel.getByRole("button", { name: "Texte", exact: true }).press("Enter");
  await expect(panel.locator("mark")).toHaveText(/montant est de 4512 euros/);
  await expectAccessible(page);
});

test("a PDF that cannot be drawn is read as text", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await aCitedAnswer(page);
  await page.route("**/api/documents/*/original", (route) => route.fulfill({ body: "%PDF-1.7 coupé" }));
  await answerOf(page)
    .getByRole("button", { name: /^source 1/ })
    .press("Enter");
  const panel = panelOf(page);
  await expect(panel.getByText(/La page n’a pas pu être affichée/)).toBeVisible();
  await expect(panel.locator("mark")).toHaveText(PASSAGE);
  await expect(panel.locator("mark")).toBeInViewport();
});

test("on a phone the passage takes the whole screen, and gives it back", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, /Camille Martin/);
  await aCitedAnswer(page);
  await expectNoSidewaysScroll(page);
  const marker = answerOf(page).getByRole("button", { name: /^source 1/ });
  await marker.press("Enter");
  const panel = page.getByRole("dialog", { name: /convention\.pdf$/ });
  await expect(panel.locator("[data-drawn]")).toBeVisible();
  await expect(panel.locator("[data-highlight]")).toBeInViewport();
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 640 });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(marker).toBeFocused();
});
