import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What another theme can change; the rest was looked at in the first. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** No violation of WCAG 2.2 AA that a tool can see, in both themes; one main title; French. */
export async function expectAccessible(
  page: Page,
  {
    themes = ["light", "dark"],
    patienceMs: timeout = 10_000,
  }: { themes?: readonly ("light" | "dark")[]; patienceMs?: number } = {},
): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1, { timeout });
  await expect(page.locator("html")).toHaveAttribute("lang", "fr", { timeout });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours are looked at once the theme is painted.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    // Without frames there is nothing to gather from them in a page apart, which takes as long as the look itself.
    const look = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === themes[0] ? look.withTags(TAGS) : look.withRules(COLOURS)).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );
    expect(found).toEqual([]);
  }
}

/** Nothing is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}
