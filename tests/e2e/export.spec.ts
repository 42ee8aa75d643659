import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { READING_LIMITS } from "../../lib/extraction/extraction";
import { readFile as readDocument } from "../../lib/extraction/read-file";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, expect, signIn, test } from "./support/journey";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Exporter" });
const section = (page: Page) => page.getByRole("region", { name: "Exports et import" });

async function textOf(download: Download): Promise<string> {
  const bytes = await readFile(await download.path());
  const { pages } = await readDocument(bytes, download.suggestedFilename(), { limits: READING_LIMITS });
  return pages.map(({ text }) => text).join("\n");
}

async function take(page: Page, format: RegExp, what?: string): Promise<Download> {
  if (what) await dialog(page).getByRole("radio", { name: what }).check({ force: true });
  await dialog(page).getByRole("radio", { name: format }).check({ force: true });
  const downloading = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Télécharger" }).click();
  return downloading;
}

test("an answer is taken away as a Word document, and its conversation as PDF and Markdown", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "Comment s’écrit une note de service ?");
  const answer = page.getByRole("article").last();
  const button = answer.getByRole("button", { name: "Exporter…" });
  await button.click();
  await expect(dialog(page).getByRole("radio", { name: "Cette réponse" })).toBeChecked();
  await expectAccessible(page);
  const document = await take(page, /^Word/);
  expect(document.suggestedFilename()).toMatch(/\.docx$/);
  const alone = await textOf(document);
  expect(alone).toContain("Courriel de relance");
  expect(alone).not.toMatch(/^#+ Question$/m);
  await expect(dialog(page)).toHaveCount(0);
  await expect(button).toBeFocused();

  await button.click();
  const pdf = await textOf(await take(page, /^PDF/, "La conversation"));
  expect(pdf).toContain("Comment s’écrit une note de service");
  expect(pdf).toMatch(/^(#+ )?Question$/m);

  const row = page.getByRole("navigation", { name: "Vos conversations" }).getByRole("listitem").first();
  await row.hover();
  await row.getByRole("button", { name: /^Actions sur/ }).click();
  await page.getByRole("menuitem", { name: "Exporter…" }).click();
  await expect(dialog(page)).toContainText("Conversation");
  const markdown = await readFile(await (await take(page, /^Markdown/)).path(), "utf8");
  expect(markdown).toMatch(/^# .*\n[\s\S]*## Question\n[\s\S]*Comment s’écrit une note de service/);
});

test("everything is taken away, brought back twice, then deleted", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, /Paul Girard/);
  await ask(page, "Une question à emporter");
  await page.goto("/parametres#exports");
  await section(page).getByRole("button", { name: "Exporter toutes mes données" }).click();
  const ready = section(page).getByRole("link", { name: /^Télécharger Toutes mes données/ });
  await expect(ready).toBeVisible({ timeout: 20_000 });
  await expect(section(page).getByRole("status")).toHaveText(/Export prêt\s: Toutes mes données\./);
  await expectAccessible(page);
  const downloading = page.waitForEvent("download");
  await ready.click();
  const archive = await downloading;
  expect(archive.suggestedFilename()).toMatch(/^assistant-ia-\d{4}-\d\d-\d\d\.zip$/);

  for (const times of [1, 2]) {
    const choosing = page.waitForEvent("filechooser");
    await section(page).getByRole("button", { name: "Importer une archive…" }).click();
    await (await choosing).setFiles(await archive.path());
    await expect(section(page).getByText(/^Rien n’a été ajouté\s: tout était déjà là\.$/)).toHaveCount(times, {
      timeout: 20_000,
    });
  }
  await section(page).getByText("élément laissé de côté").first().click();
  await expect(
    section(page)
      .getByText(/»\s: déjà là\.$/)
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);

  await page.setViewportSize({ width: 1280, height: 720 });
  const remove = section(page).getByRole("button", { name: /^Supprimer/ });
  for (let left = 3; left > 0; left -= 1) {
    await expect(remove).toHaveCount(left);
    await remove.first().click();
    await expect(page.locator("#exports")).toBeFocused();
  }
  await expect(remove).toHaveCount(0);
});

test("a file that is no archive is refused with its reason, and changes nothing", async ({ page }) => {
  await signIn(page, /Paul Girard/);
  await page.goto("/parametres#exports");
  const choosing = page.waitForEvent("filechooser");
  await section(page).getByRole("button", { name: "Importer une archive…" }).click();
  await (await choosing).setFiles({ name: "a.zip", mimeType: "application/zip", buffer: Buffer.from("non") });
  await expect(section(page).getByText("Cette archive est abîmée ou incomplète. Rien n’a été ajouté.")).toBeVisible({
    timeout: 20_000,
  });
});
