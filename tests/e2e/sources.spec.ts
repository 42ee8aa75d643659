import type { Page } from "@playwright/test";
import type { CitedSource } from "@/lib/conversations/schema";
import { aDocx } from "../support/office-files";
import { pdfWriter, showLines } from "../support/pdf-writer";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, expect, signIn } from "./support/journey";
import { isPostgresThere, type OwnServer, test } from "./support/own-server";

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

/** Has an answer of which the server knows what it cites: what a model wrote of these files is not the subject here. */
async function aCitedAnswer(page: Page, { sql }: OwnServer): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles([fileNamed("convention.pdf", pdf()), fileNamed("note.docx", docx())]);
  await expect(page.locator("form").getByText("3 pages")).toBeVisible();
  await expect(page.locator("form").getByText(/^Lu/)).toBeVisible();
  await ask(page, "Quel est le montant de la subvention ?");

  const conversationId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const cite = async (number: number, name: string, page: number, kind: CitedSource["kind"]): Promise<CitedSource> => {
    const [row] = await sql<{ id: string; text: string }[]>`
      select d.id, p.text from documents d join file_pages p on p.file_id = d.file_id and p.number = ${page}
      join message_documents m on m.document_id = d.id
      where d.name = ${name} and m.conversation_id = ${conversationId}`;
    const start = row?.text.indexOf(PASSAGE) ?? -1;
    if (!row || start < 0) throw new Error(`${name}: the passage was not read in « ${row?.text} »`);
    const end = start + PASSAGE.length;
    return { number, documentId: row.id, name, page, kind, label: null, isRecognised: false, start, end };
  };
  const sources = [await cite(1, "convention.pdf", 2, "page"), await cite(2, "note.docx", 1, "section")];
  const text =
    "La subvention est de **4 512 €** [1], ce que la note confirme [2].\n\nLe renvoi [7] et `[1]` sont du texte.";
  const parts = [{ type: "text", text, sources, checks: { checked: 2, dropped: 1, unfound: 0 } }];
  await sql`update messages set parts = ${sql.json(parts)}, text = ${text}
    where conversation_id = ${conversationId} and author = 'assistant'`;
  await page.reload();
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

if (!isPostgresThere) console.warn("\n*** PostgreSQL does not answer: the journeys of sources are NOT run. ***\n");
else {
  test("a citation of a PDF opens its page with the passage highlighted, by keyboard alone", async ({
    page,
    server,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn(page, /Camille Martin/);
    await aCitedAnswer(page, server);
    const answer = answerOf(page);
    await expect(answer.locator("p").first()).toHaveText(
      "La subvention est de 4 512 € [1], ce que la note confirme [2].",
    );
    await expect(answer.getByRole("button", { name: /^source/ })).toHaveCount(2);
    await expect(answer.getByRole("list", { name: "Sources" }).getByRole("button")).toHaveText([
      "[1]convention.pdf, page 2",
      "[2]note.docx, partie 1",
    ]);
    await expect(answer.getByText(/1 repère retiré/)).toBeVisible();

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
    server,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn(page, /Paul Girard/);
    await aCitedAnswer(page, server);
    const line = answerOf(page).getByRole("button", { name: /^\[2\] note\.docx, partie 1$/ });
    await line.press("Enter");
    const panel = panelOf(page);
    await expect(panel.locator("mark")).toHaveText(PASSAGE);
    await expect(panel.getByRole("region", { name: "partie 1" })).toContainText(LINES.at(-1) ?? "");
    await expect(panel.locator("canvas")).toHaveCount(0);
    await expectAccessible(page);
    await panel.getByRole("button", { name: "Fermer" }).press("Enter");
    await expect(line).toBeFocused();

    const documentId = await server.sql<{ id: string }[]>`select id from documents where name = 'note.docx'
      and owner_id = (select owner_id from documents order by created_at desc limit 1)`;
    expect((await page.request.delete(`/api/documents/${documentId[0]?.id}`, fromHere(server))).status()).toBe(204);
    await line.press("Enter");
    await expect(panel.getByRole("alert")).toContainText("Ce document a été supprimé.");
    await expect(panel.getByRole("link")).toHaveCount(0);
  });

  test("a PDF that cannot be drawn is read as text", async ({ page, server }) => {
    await signIn(page, /Camille Martin/);
    await aCitedAnswer(page, server);
    await page.route("**/api/documents/*/original", (route) => route.fulfill({ body: "%PDF-1.7 coupé" }));
    await answerOf(page)
      .getByRole("button", { name: /^source 1/ })
      .press("Enter");
    const panel = panelOf(page);
    await expect(panel.getByText(/La page n’a pas pu être affichée/)).toBeVisible();
    await expect(panel.locator("mark")).toHaveText(PASSAGE);
    await expect(panel.locator("mark")).toBeInViewport();
  });

  test("on a phone the passage takes the whole screen, and gives it back", async ({ page, server }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await signIn(page, /Camille Martin/);
    await aCitedAnswer(page, server);
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
}

/** What a browser says of a request of the page's own. */
const fromHere = ({ url }: OwnServer) => ({ headers: { origin: url, "sec-fetch-site": "same-origin" } });
