import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { SITE_HOSTS } from "./support/addresses";
import { ask, composer, expect, send, signIn, test } from "./support/journey";

const LEAVE = "[scenario:searches-what-is-asked] congés annuels des agents";
const QUERY = "congés annuels des agents";

const toggle = (page: Page) => page.getByRole("button", { name: "Rechercher sur le web" });
const answerOf = (page: Page) => page.getByRole("article").last();
const cardOf = (page: Page, title = "Recherche sur le web") =>
  answerOf(page).getByRole("listitem").filter({ hasText: title }).first();
const panelOf = (page: Page) => page.locator("aside, dialog").filter({ has: page.locator("#source-title") });

const untilWritten = (page: Page) =>
  expect(answerOf(page).getByRole("button", { name: "Régénérer la réponse" })).toBeVisible({ timeout: 20_000 });

test("a question that searches the web shows what left, what was read, and opens a source on its passage", async ({
  page,
}) => {
  await signIn(page, /Youssef Benali/);
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "false");
  await toggle(page).click();
  await expect(page.getByText("La requête est envoyée à Moteur d’essai (hébergé par cette machine).")).toBeVisible();
  await ask(page, LEAVE);

  await expect(cardOf(page)).toContainText(
    `Requête envoyée à Moteur d’essai (hébergé par cette machine)\u00a0: «\u00a0${QUERY}\u00a0»`,
  );
  await expect(cardOf(page)).toContainText(/\d pages? lues?/);
  await cardOf(page).getByText("Recherche sur le web").click();
  await expect(cardOf(page).getByRole("link", { name: /Les congés annuels des agents de l’État/ })).toHaveAttribute(
    "rel",
    "noopener noreferrer",
  );
  await expectAccessible(page);

  const marker = answerOf(page)
    .getByRole("button", { name: /^source 1, / })
    .first();
  await marker.click();
  await expect(panelOf(page)).toContainText(/Page du \d+(er)? \p{L}+ \d{4}/u);
  await expect(panelOf(page)).toContainText(/lue le .* à \d+\u00a0h\u00a0\d\d/);
  const quoted = /«\u00a0([^»]+)\u00a0»/.exec((await answerOf(page).locator(".md p").first().textContent()) ?? "")?.[1];
  expect(quoted?.split(" ").length).toBeGreaterThan(5);
  await expect(panelOf(page).locator("mark").first()).toBeVisible();
  expect((await panelOf(page).locator("mark").allTextContents()).join("")).toBe(quoted);
  await expect(panelOf(page).getByRole("link", { name: /Ouvrir la page/ })).toHaveAttribute("target", "_blank");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Escape");
  await expect(panelOf(page)).toBeHidden();

  await page.reload();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
  await expect(cardOf(page)).toContainText(QUERY);
  await expect(answerOf(page).getByText("Autres pages consultées")).toBeVisible();
  await marker.click();
  await expect(panelOf(page).locator("mark").first()).toBeVisible();
});

test("an engine that is down is said, and the answer is written without it", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await toggle(page).click();
  await ask(page, "[scenario:searches-what-is-asked] congés et panne");
  await expect(cardOf(page)).toContainText("La recherche n’a pas abouti.");
  await expect(answerOf(page)).toContainText("Non trouvé dans les documents.");
});

test("a page that hangs is left, or passed at once", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await toggle(page).click();
  await send(page, `${LEAVE} page silencieuse`);
  await cardOf(page).getByRole("button", { name: "Passer cette étape" }).click();
  await untilWritten(page);
  await expect(cardOf(page)).toContainText("Étape passée");

  await send(page, "[scenario:searches-what-is-asked] congés annuels page silencieuse");
  await untilWritten(page);
  await cardOf(page).getByText("Recherche sur le web", { exact: true }).click();
  await expect(cardOf(page)).toContainText("Le site a mis trop de temps à répondre.");
  await expect(cardOf(page)).toContainText("Les congés annuels des agents de l’État");
});

test("what a page tells the model to send waits for the agent, who keeps it from leaving", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await toggle(page).click();
  await send(page, "[scenario:obeys-pages] Les congés bonifiés ?");
  await expect(page.getByText("L’assistant demande à ouvrir cette adresse")).toBeVisible();
  await expect(page.getByText("https://collecte.exemple.com/").last()).toBeVisible();
  await page.getByRole("button", { name: "Ne pas l’ouvrir" }).click();
  await expect(page.getByRole("textbox", { name: "Requête à envoyer" })).toHaveValue(/dossier de Camille/);
  await page.getByRole("button", { name: "Ne pas chercher" }).click();
  await untilWritten(page);
  await expect(answerOf(page)).toContainText("Requête non envoyée");
  await expect(answerOf(page)).toContainText("Page non ouverte");
});

test("« Demander avant d’envoyer » shows each query, which leaves as it is corrected", async ({ page }) => {
  await signIn(page, /Léa Nguyen/);
  await page.goto("/parametres");
  await page.getByRole("switch", { name: "Demander avant d’envoyer" }).click();
  await expect(page.getByText("Chaque requête vous sera montrée avant de partir.")).toBeVisible();
  await page.goto("/");
  await toggle(page).click();
  await send(page, LEAVE);
  const field = page.getByRole("textbox", { name: "Requête à envoyer" });
  await expect(field).toHaveValue(QUERY);
  await expectAccessible(page);
  await field.fill("télétravail");
  await field.press("Enter");
  await untilWritten(page);
  await expect(cardOf(page)).toContainText("«\u00a0télétravail\u00a0»");
  await page.goto("/parametres");
  await page.getByRole("switch", { name: "Demander avant d’envoyer" }).click();
  await expect(page.getByText("L’assistant n’attend plus votre accord, sauf en cas de doute.")).toBeVisible();
});

test("a page whose address is in the question is read without a search", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await ask(page, `[scenario:cites] Que dit http://${SITE_HOSTS[1]}/pages/teletravail.html ?`);
  await expect(cardOf(page, "Lecture d’une page web")).toContainText("Page lue");
  await expect(answerOf(page).getByText("Recherche sur le web")).toBeHidden();
  await expect(
    answerOf(page)
      .getByRole("button", { name: /^source 1, / })
      .first(),
  ).toBeVisible();
});

test("official sources alone are read when one asks for them", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await toggle(page).click();
  await page.getByRole("checkbox", { name: "Sources officielles seulement" }).check({ force: true });
  await ask(page, "[scenario:searches-what-is-asked] télétravail des agents");
  await cardOf(page).getByText("Recherche sur le web").click();
  await expect(cardOf(page)).toContainText("sources officielles seulement");
  const hosts = await cardOf(page)
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).host));
  expect(hosts.length).toBeGreaterThan(0);
  expect(hosts.filter((host) => !SITE_HOSTS.slice(1, 3).includes(host))).toEqual([]);
});

test("« Trouver les dernières actualités concernant… » asks for a search, of what is recent", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await page.getByRole("button", { name: /Trouver les dernières actualités/ }).click();
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
  await expect(composer(page)).toHaveValue("Trouver les dernières actualités concernant ");
  await ask(page, "[scenario:searches-what-is-asked] Trouver les dernières actualités concernant le télétravail");
  await cardOf(page).getByText("Recherche sur le web").click();
  await expect(cardOf(page)).toContainText(/Période.*derniers/);
});
