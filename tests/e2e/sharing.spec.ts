import { randomUUID } from "node:crypto";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { APP_URL } from "./support/addresses";
import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";
import { menuOf } from "./support/projects";

test("a conversation is shared by a link, read by another agent, gone on with in a copy, and closed", async ({
  page,
  browser,
}) => {
  await signIn(page, /Inès Lefèvre/);
  await page.setInputFiles("input[type=file]", {
    name: "consigne.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("La réunion est le mardi."),
  });
  await expect(page.getByText("consigne.txt")).toBeVisible();
  await ask(page, "Quand est la réunion ?");
  await page.getByRole("button", { name: "Partager", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Joindre les documents et les passages cités").check();
  await dialog.getByLabel("7\u00a0jours").check();
  await dialog.getByRole("button", { name: "Créer le lien" }).click();
  const field = dialog.getByLabel("Lien à donner");
  await expect(field).toBeFocused();
  const link = await field.inputValue();
  expect(link).toMatch(new RegExp(`^${APP_URL}/partages/[0-9a-f-]{36}$`));
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Terminé" }).click();

  const elsewhere = await browser.newContext({ baseURL: APP_URL, locale: "fr-FR" });
  const reader = await elsewhere.newPage();
  await signIn(reader, /Youssef Benali/);
  await reader.goto(link);
  await expect(reader.getByRole("heading", { level: 1, name: "Quand est la réunion" })).toBeVisible();
  await expect(reader.getByText("Partagée par Inès Lefèvre")).toBeVisible();
  await expectAccessible(reader);
  await reader.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(reader);
  await reader.setViewportSize({ width: 1280, height: 720 });
  const download = reader.waitForEvent("download");
  await reader.getByRole("link", { name: "consigne.txt" }).click();
  expect((await download).suggestedFilename()).toBe("consigne.txt");

  await reader.getByRole("button", { name: "Continuer dans ma propre copie" }).click();
  await expect(reader).toHaveURL(/conversations/);
  await expect(reader.getByRole("article")).toHaveCount(2);
  await composer(reader).fill("Et où ?");
  await composer(reader).press("Enter");
  await expect(reader.getByRole("button", { name: "Régénérer la réponse" })).toHaveCount(2);

  await page.goto("/parametres");
  await page.getByRole("button", { name: /^Fermer le lien de/ }).click();
  await expect(page.getByText("Vous n’avez partagé aucune conversation.")).toBeVisible();
  await reader.goto(link);
  await expect(reader.getByRole("heading", { name: "Ce lien ne mène nulle part" })).toBeVisible();
  await expectAccessible(reader);
  await elsewhere.close();
});

test("a conversation is shared from its row in the list, whichever page is open", async ({ page }) => {
  const question = `Partagée depuis la liste ${randomUUID().slice(0, 6)}`;
  await signIn(page, /Hugo Petit/);
  await ask(page, question);
  await page.goto("/");
  await untilReady(page);
  await menuOf(page, question, "Partager");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Créer le lien" }).click();
  const link = await dialog.getByLabel("Lien à donner").inputValue();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Terminé" }).click();
  await expect(page.getByRole("button", { name: new RegExp(`Actions sur.*${question}`) })).toBeFocused();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: question })).toBeVisible();
});
