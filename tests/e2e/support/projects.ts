import type { Locator, Page } from "@playwright/test";
import { ask, expect } from "./journey";

export const conversations = (page: Page) => page.getByRole("navigation", { name: "Vos conversations" });
export const row = (page: Page, title: string) => conversations(page).getByRole("link", { name: title });
/** In the sidebar. */
export const projects = (page: Page) => conversations(page).getByRole("region", { name: "Projets" });
/** On the page of a project. */
export const projectConversations = (page: Page) =>
  page.getByRole("main").getByRole("region", { name: "Conversations", exact: true });
export const listed = (page: Page, title: string) => projectConversations(page).getByRole("link", { name: title });

/** Makes one, and stays on its page. */
export async function createProject(page: Page, title: string): Promise<void> {
  await projects(page).getByRole("button", { name: "Nouveau projet" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouveau projet" });
  await dialog.getByRole("textbox", { name: "Titre" }).fill(title);
  await dialog.getByRole("button", { name: "Créer le projet" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** However many projects there are. */
export async function openProject(page: Page, title: string): Promise<void> {
  await page.goto("/projets");
  await page.getByRole("main").getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** Asks each question in a conversation of its own, outside any project. */
export async function askEach(page: Page, ...questions: string[]): Promise<void> {
  for (const question of questions) {
    await page.goto("/");
    await ask(page, question);
  }
}

export async function menuOf(page: Page, title: string, item: string): Promise<void> {
  await conversations(page)
    .getByRole("button", { name: new RegExp(`Actions sur.*${title}`) })
    .click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** In the dialog that asks where conversations go. */
export async function moveTo(page: Page, choice: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: /^Déplacer/ });
  await dialog.getByRole("button", { name: choice }).click();
  await expect(dialog).toBeHidden();
}

/** As a mouse does, and only once the page shows where it can be dropped. */
export async function dragRow(page: Page, dragged: Locator, target: Locator): Promise<void> {
  await dragged.hover();
  await page.mouse.down();
  const { x = 0, y = 0 } = (await dragged.boundingBox()) ?? {};
  await page.mouse.move(x + 40, y + 4, { steps: 3 });
  await page.mouse.move(x + 44, y + 8);
  await expect(page.locator("html")).toHaveAttribute("data-dragging", "");
  await target.hover();
  await target.hover();
  await expect(page.locator("[data-over]")).toHaveCount(1);
  await page.mouse.up();
  await expect(page.locator("html")).not.toHaveAttribute("data-dragging", "");
}
