import messages from "../../messages/fr.json" with { type: "json" };
import { expectAccessible } from "./support/accessibility";
import { expect, test } from "./support/journey";

const { good, degraded, down } = messages.gallery.models;

test("a model is chosen with the keyboard, and each one says where it runs and how it is", async ({ page }) => {
  await page.goto("/galerie");
  const button = page.getByRole("button", { name: `Modèle\u00a0: ${good}`, exact: true }).first();
  const menu = page.getByRole("menu", { name: messages.assistant.models.choose });
  // The panels that the gallery shows open take the focus when its scripts start: before, the menu would give it back to them.
  await expect(page.locator("h2:focus")).toHaveCount(1);
  await expect(async () => {
    await button.press("ArrowDown");
    await expect(menu).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
  const items = menu.getByRole("menuitemradio");
  await expect(items).toHaveCount(3);
  await expect(menu.getByRole("menuitemradio", { name: good })).toBeChecked();
  await expect(menu.getByRole("menuitemradio", { name: good })).toHaveAccessibleDescription(/Hébergeur.*SecNumCloud/);
  await expect(menu.getByRole("menuitemradio", { name: down })).toHaveAccessibleDescription(
    new RegExp(messages.assistant.models.down),
  );
  await expectAccessible(page);

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(menu).toBeHidden();
  const chosen = page.getByRole("button", { name: new RegExp(`^Modèle\\s: ${degraded}`) }).first();
  await expect(chosen).toBeFocused();

  await chosen.press("ArrowUp");
  await expect(menu.getByRole("menuitemradio", { name: degraded })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(chosen).toBeFocused();
});
