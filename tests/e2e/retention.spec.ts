import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { composer, expect, signIn, test } from "./support/journey";
import { anArchiveOf } from "./support/old-conversations";

const notice = (page: Page) => page.getByRole("link", { name: /^\d+ conversations? (ira|iront) à la corbeille/ });

/** Brings conversations into the account as an agent who comes back does. */
async function bring(page: Page, archive: Buffer): Promise<void> {
  await page.goto("/parametres#exports");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Importer une archive…" }).click();
  await (await choosing).setFiles({ name: "archive.zip", mimeType: "application/zip", buffer: archive });
  await expect(page.getByText(/^Ajouté\s: 3 conversations/)).toBeVisible({ timeout: 20_000 });
}

test("conversations that leave for want of use are announced in the list, in the trash and in themselves, and can be kept", async ({
  page,
}) => {
  // The sweep that announces them comes every ten seconds.
  test.setTimeout(120_000);
  await signIn(page, /Paul Girard/);
  await bring(
    page,
    anArchiveOf([
      { title: "Ancienne note de service", daysAgo: 350 },
      {
        title: "Très long titre d’une conversation ancienne sur la procédure de recrutement des agents contractuels",
        daysAgo: 345,
      },
      { title: "Compte rendu oublié", daysAgo: 340 },
    ]),
  );
  await expect(async () => {
    await page.goto("/");
    await expect(notice(page)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  await expectAccessible(page);

  await notice(page).click();
  const section = page.getByRole("region", { name: "Bientôt dans la corbeille" });
  await expect(section.getByRole("listitem")).toHaveCount(3);
  await expect(section.getByText(/^Ira à la corbeille le \d/).first()).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await section.getByRole("button", { name: "Conserver «\u00a0Ancienne note de service\u00a0»" }).click();
  await expect(page.getByText("«\u00a0Ancienne note de service\u00a0» est épinglée")).toBeVisible();
  await expect(section.getByRole("listitem")).toHaveCount(2);
  await expect(section.getByRole("heading", { level: 2 })).toBeFocused();

  await section.getByRole("link", { name: /Très long titre/ }).click();
  const told = page.getByText(/Sans nouvelle question, cette conversation ira à la corbeille le \d/);
  await expect(told).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Conserver", exact: true }).click();
  await expect(told).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(page.getByText("La conversation est épinglée\u00a0: elle est conservée.")).toBeVisible();

  // The last one goes with the whole section.
  await notice(page).click();
  await section.getByRole("button", { name: "Conserver «\u00a0Compte rendu oublié\u00a0»" }).press("Enter");
  await expect(section).toBeHidden();
  await expect(page.getByRole("heading", { level: 2, name: "Dans la corbeille" })).toBeFocused();
  await expect(notice(page)).toBeHidden();
});
