import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { ask, expect, signIn } from "./support/journey";
import { test } from "./support/own-server";

const C = "/work/shared/corpus";
const FILES = [
  `${C}/pdf/accessibilite__rgaa4-2019-exemple-declaration.pdf`,
  `${C}/pdf/ma-cantine__programme_formation_PAT.pdf`,
  `${C}/pdf/pdfminer-six__pdf-with-jbig2.pdf`,
  `${C}/pdf/unstructured__korean-text-with-tables.pdf`,
  `${C}/pdf/docling__ocr_test_rotated_270.pdf`,
  `${C}/pdf/docling__2206.01062_pg3.pdf`,
  `${C}/pdf/pypdf__FormTestFromOo.pdf`,
  `${C}/docx/docling__word_tables.docx`,
  `${C}/xlsx/domifa__import_ok_1.xlsx`,
];

test("look", async ({ page, server }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, /Camille Martin/);
  await page.locator('input[type="file"]').setInputFiles(FILES.map((f) => ({ name: basename(f).replace(/^.*__/, ""), buffer: readFileSync(f), mimeType: "application/octet-stream" })));
  await page.waitForTimeout(25_000);
  await ask(page, "Que disent ces documents ?");
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const rows = await server.sql<any[]>`select d.id, d.name, p.number, p.text, p.kind, p.label, p.is_recognised from documents d join file_pages p on p.file_id = d.file_id
     join message_documents m on m.document_id = d.id where m.conversation_id = ${id} order by m.position, p.number`;
  const sources = [];
  for (const name of new Set(rows.map((r) => r.name))) {
    const mine = rows.filter((r) => r.name === name);
    const row = mine.length > 1 && name.includes("exemple") ? mine[1] : mine[0];
    const middle = Math.floor(row.text.length / 2);
    const start = Math.max(0, row.text.lastIndexOf("\n", middle) + 1);
    const end = Math.min(row.text.length, start + 160);
    console.log(name, mine.length, row.kind, row.label, row.is_recognised, JSON.stringify(row.text.slice(start, end)));
    sources.push({ number: sources.length + 1, documentId: row.id, name, page: row.number, kind: row.kind, label: row.label, isRecognised: row.is_recognised, start, end });
  }
  const text = "## Ce qu’il faut retenir\n\nLa déclaration d’accessibilité doit être publiée [1], et le programme de formation le rappelle [2][3]. Les établissements ont **trois mois** pour répondre [4].\n\n- premier point, d’après le tableau [8] ;\n- second point [9].\n\n| Poste | Montant |\n|---|---|\n| Aides [5] | 1 200 € |\n";
  const parts = [{ type: "text", text, sources, checks: { checked: 2, dropped: 1, unfound: 2 } }];
  await server.sql`update messages set parts = ${server.sql.json(parts as any)}, text = ${text} where conversation_id = ${id} and author = 'assistant'`;
  await page.reload();
  const answer = page.getByRole("article").last();
  await expect(answer.getByRole("list", { name: "Sources" })).toBeVisible();
  await page.waitForTimeout(1000);
  await page.screenshot({ path: "/tmp/look/answer.png" });
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: "/tmp/look/print.png" });
  await page.emulateMedia({ media: "screen" });
  for (const s of sources) {
    await answer.getByRole("list", { name: "Sources" }).getByRole("button").nth(s.number - 1).click();
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/look/source-${s.number}.png` });
  }
  console.log("workers", page.workers().length);
  await answer.getByRole("button", { name: /^source 1/ }).click();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: "/tmp/look/dark.png" });
  await page.getByRole("button", { name: "Texte", exact: true }).click();
  await page.waitForTimeout(500);
  await page.screenshot({ path: "/tmp/look/dark-text.png" });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 780 });
  await page.getByRole("button", { name: "Page", exact: true }).click();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: "/tmp/look/phone.png" });
  await page.keyboard.press("Escape");
  await page.waitForTimeout(500);
  await page.screenshot({ path: "/tmp/look/phone-answer.png" });
});
