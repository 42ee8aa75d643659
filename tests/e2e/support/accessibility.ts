import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

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
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
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
