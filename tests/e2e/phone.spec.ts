import { expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composer, expect, signIn, test } from "./support/journey";

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
