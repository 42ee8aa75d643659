import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";

const list = (page: Page) => page.getByRole("navigation", { name: "Vos conversations" });
const toggle = (page: Page) => page.getByRole("button", { name: "Conversation temporaire", exact: true });
const banner = (page: Page) => page.getByRole("region", { name: "Conversation temporaire" });
const inBanner = (page: Page, name: string) => banner(page).getByRole("button", { name });

/** Asks the first question of a temporary conversation, and gives its address. */
async function askTemporarily(page: Page, question: string): Promise<string> {
  await page.goto("/?temporaire=1");
  await untilReady(page);
  await ask(page, question);
  await expect(banner(page)).toBeVisible();
  return page.url();
}

/** Until the server knows that a page shows it. */
const untilShown = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith("/presence") && response.status() === 204);

async function close(page: Page): Promise<void> {
  await inBanner(page, "Fermer et supprimer").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Fermer et supprimer" }).click();
  await expect(page.getByText("La conversation temporaire est supprimée.")).toBeVisible();
}

test("it is chosen at home, where it is said to be what it is; a reload keeps the choice", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "false");
  await toggle(page).click();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
  await expect(toggle(page)).toBeFocused();
  await expect(page).toHaveURL("/?temporaire=1");
  await expect(page.getByText("ni lue pour améliorer l’outil")).toBeVisible();
  await expect(page.getByText("au plus tard 24 heures après son début")).toBeVisible();
  await expect(page).toHaveTitle(/^Conversation temporaire/);
  await expectAccessible(page);
  await page.reload();
  await untilReady(page);
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
});

test("it is nowhere but on its own page, which a reload keeps", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  const address = await askTemporarily(page, "Le mot xénolithe, passagèrement");
  await expect(page).toHaveURL(/\/conversations\//);
  await expect(page).toHaveTitle(/^Conversation temporaire/);
  await expect(banner(page)).toContainText("supprimée quand vous la quittez");
  await expectAccessible(page);
  const answer = page.getByRole("article").last();
  await expect(answer.getByRole("button", { name: "Exporter" })).toBeVisible();
  for (const name of ["Partager", "Continuer dans une nouvelle conversation", "Réponse utile", "Réponse à améliorer"])
    await expect(answer.getByRole("button", { name })).toHaveCount(0);

  await expect(list(page)).not.toContainText("xénolithe");
  await page.reload();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(list(page)).not.toContainText("xénolithe");
  await page.goto("/recherche?q=xénolithe");
  await expect(page.getByText("Aucun résultat").first()).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("article")).toHaveCount(2);
});

test("closed, it goes at once and for good; its address is one that never was", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  const address = await askTemporarily(page, "Une question qui ne reste pas");
  await inBanner(page, "Fermer et supprimer").click();
  await expectAccessible(page);
  await page.getByRole("alertdialog").getByRole("button", { name: "Annuler" }).click();
  await expect(inBanner(page, "Fermer et supprimer")).toBeFocused();
  await close(page);
  await expect(page).toHaveURL("/");
  await expect(composer(page)).toHaveValue("");
  const response = await page.goto(address);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Conversation introuvable" })).toBeVisible();
});

test("left, it is told so; come back to, it lives on", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  const address = await askTemporarily(page, "Une question que l’on quitte");
  // What a beacon says cannot be read here; only leaving sends one.
  const told = page.waitForRequest((request) => request.resourceType() === "ping");
  await list(page).getByRole("link", { name: "Nouvelle conversation" }).click();
  expect(new URL((await told).url()).pathname).toBe(
    `${new URL(address).pathname.replace("/conversations/", "/api/chat/")}/presence`,
  );
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "false");
  const shown = untilShown(page);
  await page.goBack();
  await shown;
  await expect(page.getByRole("article")).toHaveCount(2);
});

test("a page that still shows one that is gone says so when it asks, and keeps what was typed", async ({
  page,
  context,
}) => {
  await signIn(page, /Youssef Benali/);
  const address = await askTemporarily(page, "Deux pages ouvertes");
  const other = await context.newPage();
  await other.goto(address);
  await untilReady(other);
  await close(page);
  await composer(other).fill("Une question tardive");
  await composer(other).press("Enter");
  await expect(other.getByRole("alert").filter({ hasText: "a été supprimée" })).toBeVisible();
  await expect(composer(other)).toHaveValue("Une question tardive");
  await expect(other.getByRole("article")).toHaveCount(2);
  await inBanner(other, "Conserver").click();
  await expect(other.getByRole("alert").filter({ hasText: "n’existe pas ou a été supprimée" })).toBeVisible();
});

test("kept, it is a conversation like the others", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await askTemporarily(page, "Une question à conserver, finalement");
  await inBanner(page, "Conserver").click();
  await expect(banner(page)).toBeHidden();
  await expect(list(page).getByRole("link", { name: "Une question à conserver, finalement" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Partager" })).toBeVisible();
});

test("a file attached to it is not among the agent's documents", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await page.goto("/?temporaire=1");
  await untilReady(page);
  await page.locator("input[type=file]").setInputFiles({
    name: "passager.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Un texte de passage."),
  });
  await expect(page.getByText("passager.txt").first()).toBeVisible();
  await ask(page, "Que dit ce document ?");
  await expect(page.getByRole("article").first()).toContainText("passager.txt");
  await page.goto("/documents");
  await expect(page.getByRole("heading", { level: 1, name: "Mes documents" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("passager.txt");
});

test("the palette leads to it", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("tempo");
  await page.getByRole("option", { name: "Nouvelle conversation temporaire" }).click();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("it is chosen, read and closed without scrolling sideways", async ({ page }) => {
    await signIn(page, /Anne Roux/);
    await toggle(page).click();
    await expectNoSidewaysScroll(page);
    await ask(page, "Sur un téléphone");
    await expect(banner(page)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await close(page);
    await expect(page).toHaveURL("/");
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the address says that it is chosen, and home still says what it is", async ({ page }) => {
    const { signInByRequests } = await import("./support/sign-in");
    await signInByRequests(page, /Anne Roux/);
    await page.goto("/");
    await toggle(page).click();
    await expect(page).toHaveURL("/?temporaire=1");
    await expect(page.getByText("ni lue pour améliorer l’outil")).toBeVisible();
    await toggle(page).click();
    await expect(page.getByText("ni lue pour améliorer l’outil")).toHaveCount(0);
  });
});
