import { expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composer, composerForm, expect, signIn, test } from "./support/journey";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

test("on a phone an agent asks, opens the drawer, changes conversation and closes it", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "Depuis un téléphone");
  await expectNoSidewaysScroll(page);
  await expect(composer(page)).toBeInViewport();

  const list = page.getByRole("navigation", { name: "Vos conversations" });
  await expect(list).toBeHidden();
  const opener = page.getByRole("button", { name: /ouvrir/i }).first();
  await opener.tap();
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(opener).toBeFocused();
  await opener.tap();
  await list.getByRole("link", { name: "Nouvelle conversation" }).tap();
  await expect(list).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: /Qu’avez-vous en tête/ })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("on a phone many files and a long text leave the last message in sight and the question ready to go", async ({
  page,
}) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "Depuis un téléphone");
  const isCut = () =>
    composer(page).evaluate((field) => {
      const drawing = document.createElement("canvas").getContext("2d");
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      if (!drawing) throw new Error("no canvas");
      drawing.font = font;
      const text = (field as HTMLTextAreaElement).placeholder;
      return (
        drawing.measureText(text).width >
        field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      );
    });
  expect(await isCut()).toBe(false);
  await page.locator('input[type="file"]').setInputFiles(
    Array.from({ length: 8 }, (_, n) => ({
      name: `note ${n}.txt`,
      buffer: Buffer.from(`Note ${n}`),
      mimeType: "text/plain",
    })),
  );
  await expect(composerForm(page).getByText(/^Lu/)).toHaveCount(8);
  await composer(page).fill("Une ligne de la question.\n".repeat(40));
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.getByRole("button", { name: "Envoyer" })).toBeInViewport({ ratio: 1 });
  const end = await page
    .getByRole("article")
    .last()
    .evaluate((answer) => answer.getBoundingClientRect().bottom);
  const form = await page
    .locator("form")
    .filter({ has: composer(page) })
    .boundingBox();
  expect(end).toBeLessThanOrEqual(form?.y ?? 0);
  // Even at the end of the page, where its footer is.
  expect(form?.y).toBeGreaterThan(740 * 0.25);
  await expectNoSidewaysScroll(page);
  await composerForm(page).getByRole("button", { name: "Retirer note 7.txt" }).scrollIntoViewIfNeeded();
  await composerForm(page).getByRole("button", { name: "Retirer note 7.txt" }).tap();
  await expect(composerForm(page).getByText(/^Lu/)).toHaveCount(7);
});
