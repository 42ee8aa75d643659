import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { composer, expect, signIn, test } from "./support/journey";

test("a prompt is written, filled in, put in the composer after what is there, changed, deleted and taken back", async ({
  page,
}) => {
  await signIn(page, /Anne Roux/);
  await composer(page).fill("Un brouillon");
  await page.getByRole("link", { name: "Demandes types" }).click();
  await expect(page.getByText("Vous n’en avez pas encore.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Nouvelle demande type" }).click();
  const editor = page.getByRole("dialog");
  await editor.getByRole("button", { name: "Enregistrer" }).click();
  await expect(editor.getByRole("alert")).toHaveText(["Donnez un titre.", "Donnez un texte."]);
  await expect(editor.getByLabel("Titre")).toHaveAttribute("aria-invalid", "true");
  await expect(editor.getByLabel("Titre")).toHaveAccessibleDescription("Donnez un titre.");
  await expect(editor.getByLabel("Texte")).toHaveAccessibleDescription(/Donnez un texte\.$/);
  await expectAccessible(page);
  await editor.getByLabel("Titre").fill("Mot d’accueil");
  await editor.getByLabel("Texte").fill("Écrivez un mot d’accueil pour {{prénom}}, qui arrive {{date}}.");
  await expect(editor.getByRole("status")).toContainText("prénom, date");
  await expectAccessible(page);
  await editor.getByRole("button", { name: "Enregistrer" }).click();
  await expect(editor).toBeHidden();

  await page.getByRole("button", { name: "Utiliser «\u00a0Mot d’accueil\u00a0»" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("prénom").fill("Camille");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Mettre dans la saisie" }).click();
  await expect(page).toHaveURL("/");
  const filled = "Écrivez un mot d’accueil pour Camille, qui arrive [date].";
  await expect(composer(page)).toHaveValue(`Un brouillon\n\n${filled}`);

  await page.goBack();
  await page.getByRole("button", { name: "Modifier «\u00a0Mot d’accueil\u00a0»" }).click();
  await editor.getByLabel("Titre").fill("Bienvenue");
  await editor.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("button", { name: "Supprimer «\u00a0Bienvenue\u00a0»" }).click();
  await expect(page.getByRole("heading", { name: "Bienvenue", level: 3 })).toHaveCount(0);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByRole("heading", { name: "Bienvenue", level: 3 })).toBeVisible();

  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test("« / » in the composer finds prompts with the keyboard alone, and sends nothing", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await composer(page).focus();
  await page.keyboard.type("/");
  const list = page.getByRole("listbox", { name: "Demandes types" });
  await expect(list.getByRole("option").nth(5)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type("facile a lire");
  await expect(list.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Backspace");
  const option = list.getByRole("option", { name: /FALC/ });
  await expect(option).toHaveAttribute("aria-selected", "true");
  // Seen also where backgrounds are not drawn.
  await expect(option).toHaveCSS("outline-style", "solid");
  await expect(composer(page)).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "none");
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog");
  await expect(form.getByLabel("texte")).toBeFocused();
  await page.keyboard.type("Le présent arrêté entre en vigueur.");
  await form.getByRole("button", { name: "Mettre dans la saisie" }).press("Enter");
  await expect(composer(page)).toHaveValue(/FALC[\s\S]*Le présent arrêté entre en vigueur\.$/);
  await expect(composer(page)).toBeFocused();
  await expect(page.getByRole("article")).toHaveCount(0);

  // A slash that is not for the menu stays what it is.
  await composer(page).fill("/nulle part");
  await expect(page.getByText("Aucune demande type ne correspond")).toBeVisible();
  await composer(page).press("Escape");
  await expect(page.getByText("Aucune demande type ne correspond")).toBeHidden();
  await expect(composer(page)).toHaveValue("/nulle part");
  await composer(page).press("Enter");
  await expect(page.getByRole("article").getByText("/nulle part")).toBeVisible();
});
