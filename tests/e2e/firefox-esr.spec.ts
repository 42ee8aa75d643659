import { expect, test } from "@playwright/test";
import { APP_URL } from "./support/addresses";
import { button, isFirefoxThere, launchFirefox, watchPage } from "./support/firefox";

const AGENT = "Camille Martin";
const COMPOSER = "#saisie[enterkeyhint=send]";
const QUESTION = "[scenario:eight-seconds] Une question depuis Firefox ESR";

if (!isFirefoxThere) console.warn("\n*** firefox-esr is not installed: its journey is NOT run. ***\n");
else
  test("in Firefox ESR an agent signs in, asks, reads the answer as it is written, finds it again, and signs out", async () => {
    test.slow(); // a second browser starts
    const firefox = await launchFirefox();
    try {
      const page = await firefox.newPage();
      await page.setViewport({ width: 1280, height: 800 });
      const complaints = await watchPage(page);
      const shownText = () => page.$eval("main", (main) => main.innerText);
      const path = () => new URL(page.url()).pathname;

      await page.goto(`${APP_URL}/connexion`);
      await page.locator(button("S’identifier avec ProConnect")).click();
      await page.locator(button(AGENT)).click();
      await page.waitForSelector(COMPOSER);
      expect(path()).toBe("/");

      await page.type(COMPOSER, QUESTION);
      await page.keyboard.press("Enter");
      await expect.poll(shownText).toContain("mot5");
      expect(await shownText()).not.toContain("mot200");
      expect(await page.$$('article[aria-busy="true"]')).toHaveLength(1);
      await expect.poll(shownText, { timeout: 40_000 }).toContain("Réponse terminée");
      expect(await shownText()).toContain("mot200");
      expect(path()).toMatch(/^\/conversations\/[0-9a-f-]{36}$/);
      // Drawn from the database: nothing is being read any more that a reload would cut.
      await page.waitForSelector('article button[aria-label="Régénérer la réponse"]');

      await page.reload();
      await page.waitForSelector(COMPOSER);
      expect(await shownText()).toContain("mot200");
      const current = await page.$eval(
        'nav[aria-label="Vos conversations"] [aria-current="page"]',
        (a) => a.textContent,
      );
      expect(current).toContain("Une question depuis Firefox ESR");

      await page.locator(button(AGENT)).click();
      await page.locator('[role="menuitem"]::-p-text(Se déconnecter)').click();
      await page.waitForSelector("::-p-text(Vous êtes déconnecté)");
      await page.goto(APP_URL);
      expect(path()).toBe("/accueil");
      expect(complaints).toEqual([]);
    } finally {
      await firefox.close();
    }
  });
