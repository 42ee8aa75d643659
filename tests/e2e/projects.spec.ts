import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";
import {
  askEach,
  conversations,
  createProject,
  dragRow,
  listed,
  menuOf,
  moveTo,
  openProject,
  projectConversations,
  projects,
  row,
} from "./support/projects";

/** Journeys of one agent run at the same time as others: titles of their own. */
const own = (title: string) => `${title} ${randomUUID().slice(0, 6)}`;

test("a project is created, and what is asked in it is in its list, not among the others", async ({ page }) => {
  const [title, question] = [own("Loi de finances"), own("Question du projet")];
  await signIn(page, /Inès Lefèvre/);
  await projects(page).getByRole("button", { name: "Nouveau projet" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouveau projet" });
  await expect(dialog.getByRole("textbox", { name: "Titre" })).toBeFocused();
  await dialog.getByRole("button", { name: "Créer le projet" }).click();
  await expect(dialog.getByText("Donnez un titre au projet.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Titre" }).fill(title);
  await dialog.getByRole("radio", { name: "Turquoise" }).check();
  await dialog.getByRole("button", { name: "Créer le projet" }).click();

  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(projects(page).getByRole("link", { name: title })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("Aucune conversation dans ce projet")).toBeVisible();
  await expectAccessible(page);

  await ask(page, question);
  await expect(page).toHaveURL(/\/conversations\//);
  await expect(row(page, question)).toBeHidden();
  await expectAccessible(page);
  await page
    .getByRole("main")
    .getByRole("link", { name: `Projet : ${title}` })
    .click();
  await expect(listed(page, question)).toBeVisible();
  await page.reload();
  await expect(listed(page, question)).toBeVisible();
  await expectAccessible(page);

  // Home is outside.
  const outside = own("Question hors projet");
  await page.getByRole("link", { name: "Nouvelle conversation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Qu’avez-vous en tête" })).toBeVisible();
  await ask(page, outside);
  await expect(row(page, outside)).toBeVisible();
  await openProject(page, title);
  await expect(listed(page, question)).toBeVisible();
  await expect(listed(page, outside)).toBeHidden();
});

test("what is being written in a project stays there, and going back to it before the answer finds it", async ({
  page,
}) => {
  await signIn(page, /Inès Lefèvre/);
  await createProject(page, own("Brouillons"));
  const address = page.url();
  await composer(page).fill("Une question à finir");
  await page.getByRole("link", { name: "Nouvelle conversation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Qu’avez-vous en tête" })).toBeVisible();
  await expect(composer(page)).toHaveValue("");
  await page.goto(address);
  await untilReady(page);
  await expect(composer(page)).toHaveValue("Une question à finir");
});

test("conversations are moved by the menu, then by several, and each move is undone", async ({ page }) => {
  const [title, one, two] = [own("Dossier A"), own("Un"), own("Deux")];
  await signIn(page, /Anne Roux/);
  await createProject(page, title);
  await askEach(page, one, two);

  await menuOf(page, one, "Déplacer vers un projet…");
  const dialog = page.getByRole("dialog", { name: "Déplacer la conversation" });
  await expect(dialog.getByRole("button", { name: title })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Aucun projet" })).toBeHidden();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: title }).click();
  const notices = page.getByRole("region", { name: "Notifications" });
  await expect(notices.getByText(`« ${one} » est dans le projet « ${title} ».`)).toBeVisible();
  await expect(row(page, one)).toBeHidden();
  await expect(page.getByRole("link", { name: "Nouvelle conversation" })).toBeFocused();
  await notices.getByRole("button", { name: "Annuler" }).click();
  await expect(row(page, one)).toBeVisible();
  await page.reload();
  await expect(row(page, one)).toBeVisible();

  await conversations(page).getByRole("button", { name: "Sélectionner", exact: true }).click();
  for (const name of [one, two]) await conversations(page).getByRole("option", { name }).click();
  await conversations(page).getByRole("button", { name: "Déplacer", exact: true }).click();
  await moveTo(page, title);
  await expect(notices.getByText(`2 conversations sont dans le projet « ${title} ».`)).toBeVisible();
  await expect(row(page, one)).toBeHidden();
  await openProject(page, title);
  await expect(listed(page, one)).toBeVisible();
  await expect(listed(page, two)).toBeVisible();

  // Out of it, from its own list.
  await projectConversations(page)
    .getByRole("button", { name: new RegExp(`Actions sur.*${two}`) })
    .click();
  await page.getByRole("menuitem", { name: "Déplacer vers un projet…" }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: title })).toBeDisabled();
  await moveTo(page, "Aucun projet");
  await expect(listed(page, two)).toBeHidden();
  await expect(row(page, two)).toBeVisible();
  await page.reload();
  await expect(listed(page, one)).toBeVisible();
  await expect(row(page, two)).toBeVisible();
});

test("a conversation is dragged onto a project, and back among the conversations", async ({ page }) => {
  const [title, name] = [own("Cible"), own("Glissée")];
  await signIn(page, /Hugo Petit/);
  await createProject(page, title);
  await askEach(page, name, own("Reste"));
  const notices = page.getByRole("region", { name: "Notifications" });
  const target = projects(page).getByRole("listitem").filter({ hasText: title });
  await dragRow(page, row(page, name), target);
  await expect(notices.getByText(`« ${name} » est dans le projet « ${title} ».`)).toBeVisible();
  await expect(row(page, name)).toBeHidden();
  await openProject(page, title);
  await expect(listed(page, name)).toBeVisible();
  await dragRow(page, listed(page, name), conversations(page).getByRole("region", { name: "Aujourd’hui" }));
  await expect(notices.getByText(`« ${name} » n’est plus dans un projet.`)).toBeVisible();
  await expect(row(page, name)).toBeVisible();
  await expect(listed(page, name)).toBeHidden();
  await page.reload();
  await expect(row(page, name)).toBeVisible();
});

test("a pinned conversation stays on top and says its project", async ({ page }) => {
  const [title, name] = [own("Épinglé"), own("En haut")];
  await signIn(page, /Hugo Petit/);
  await createProject(page, title);
  await ask(page, name);
  await openProject(page, title);
  await projectConversations(page)
    .getByRole("button", { name: new RegExp(`Actions sur.*${name}`) })
    .click();
  await page.getByRole("menuitem", { name: "Épingler" }).click();
  const pinned = conversations(page).getByRole("region", { name: "Épinglées" });
  await expect(pinned.getByRole("link", { name })).toHaveAccessibleName(new RegExp(`Projet «\\s${title}\\s»`));
  await expect(listed(page, name)).toBeVisible();
  await expectAccessible(page);
});

test("a project is renamed, recoloured, and given instructions that are read again", async ({ page }) => {
  const [title, renamed] = [own("Avant"), own("Après")];
  await signIn(page, /Paul Girard/);
  await createProject(page, title);
  const actions = page.getByRole("button", { name: /^Actions sur le projet/ });
  await actions.click();
  await page.getByRole("menuitem", { name: "Renommer ou changer de couleur" }).click();
  const dialog = page.getByRole("dialog", { name: "Modifier le projet" });
  await expect(dialog.getByRole("radio", { name: "Bleu" })).toBeChecked();
  await dialog.getByRole("textbox", { name: "Titre" }).fill(renamed);
  await dialog.getByRole("radio", { name: "Ocre" }).check();
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: renamed })).toBeVisible();
  await expect(projects(page).getByRole("link", { name: renamed })).toBeVisible();
  await expect(actions).toBeFocused();

  await actions.click();
  await page.getByRole("menuitem", { name: "Consignes" }).click();
  const field = page.getByRole("textbox", { name: "Ce que l’assistant doit savoir ou faire dans ce projet" });
  await expect(field).toBeFocused();
  await field.fill("x".repeat(4_001));
  await expect(page.getByText("Retirez 1 caractère pour pouvoir enregistrer.").first()).toBeVisible();
  await expectAccessible(page);
  await field.fill("Répondez en trois lignes.");
  await page.getByRole("main").getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Les consignes du projet sont enregistrées.")).toBeVisible();
  await page.reload();
  await expect(page.locator("summary").filter({ hasText: "Consignes" })).toContainText("Répondez en trois lignes.");
  await page.locator("summary").filter({ hasText: "Consignes" }).click();
  await expect(field).toHaveValue("Répondez en trois lignes.");
  await actions.click();
  await page.getByRole("menuitem", { name: "Renommer ou changer de couleur" }).click();
  await expect(dialog.getByRole("radio", { name: "Ocre" })).toBeChecked();
});

for (const [fate, choice] of [
  ["outside", "La garder hors du projet"],
  ["in the trash", "La mettre à la corbeille"],
] as const)
  test(`a project is deleted, and its conversation is then ${fate}`, async ({ page }) => {
    const [title, name] = [own("À supprimer"), own("Suite")];
    await signIn(page, /Paul Girard/);
    await createProject(page, title);
    await ask(page, name);
    await openProject(page, title);
    const address = page.url();
    await page.getByRole("button", { name: /^Actions sur le projet/ }).click();
    await page.getByRole("menuitem", { name: "Supprimer" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Supprimer le projet" });
    await expect(dialog.getByRole("button", { name: "Annuler" })).toBeFocused();
    await expect(dialog.getByRole("radio", { name: "La garder hors du projet" })).toBeChecked();
    await expectAccessible(page);
    await dialog.getByRole("radio", { name: choice }).check();
    await dialog.getByRole("button", { name: "Supprimer le projet" }).click();
    await expect(page.getByText(new RegExp(`Le projet «\\s${title}\\s» est supprimé`))).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Projets" })).toBeVisible();
    await expect(projects(page).getByRole("link", { name: title })).toBeHidden();
    if (fate === "outside") await expect(row(page, name)).toBeVisible();
    else await expect(row(page, name)).toBeHidden();
    await page.goto("/corbeille");
    await expect(page.getByRole("main").getByRole("heading", { name })).toHaveCount(fate === "outside" ? 0 : 1);
    expect((await page.goto(address))?.status()).toBe(404);
  });

test("the project of another agent does not exist", async ({ page, browser }) => {
  await signIn(page, /Inès Lefèvre/);
  await createProject(page, own("Secret"));
  const other: Page = await (await browser.newContext()).newPage();
  await signIn(other, /Paul Girard/);
  expect((await other.goto(page.url()))?.status()).toBe(404);
  expect((await other.goto(`/projets/${randomUUID()}`))?.status()).toBe(404);
  expect((await other.goto("/projets/rien"))?.status()).toBe(404);
});

test("a project deleted in another tab refuses what is moved into it, which stays where it was", async ({ page }) => {
  const [title, name] = [own("Deux onglets"), own("Reste ici")];
  await signIn(page, /Anne Roux/);
  await createProject(page, title);
  const address = page.url();
  await askEach(page, name);
  await menuOf(page, name, "Déplacer vers un projet…");
  await expect(page.getByRole("dialog").getByRole("button", { name: title })).toBeVisible();

  const tab = await page.context().newPage();
  await tab.goto(address);
  await tab.getByRole("button", { name: /^Actions sur le projet/ }).click();
  await tab.getByRole("menuitem", { name: "Supprimer" }).click();
  await tab.getByRole("alertdialog").getByRole("button", { name: "Supprimer le projet" }).click();
  await expect(tab.getByText(new RegExp(`Le projet «\\s${title}\\s» est supprimé`))).toBeVisible();
  await tab.close();

  await moveTo(page, title);
  await expect(page.getByRole("alert").getByText("Ce projet n’existe pas ou a été supprimé.")).toBeVisible();
  await expect(row(page, name)).toBeVisible();
  await expect(projects(page).getByRole("link", { name: title })).toBeHidden();
  await page.reload();
  await expect(row(page, name)).toBeVisible();
});
