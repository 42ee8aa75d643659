import type { Page, Request } from "@playwright/test";
import { ask, composer, expect, signIn, test } from "./support/journey";

const lastAnswer = (page: Page) => page.getByRole("article").last();

async function send(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press("Enter");
}

const PAGE_OF_CONVERSATION = /\/conversations\/[^/]+\?_rsc/;

/** Holds the pages of conversations, as the server draws them for the router, until what it gives is called. */
async function holdPages(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(PAGE_OF_CONVERSATION, async (route) => {
    await released;
    await route.continue().catch(() => {}); // the page has been left
  });
  return release;
}

/** Until one has come whole, or the router wants no more of it. */
const untilPageCame = (page: Page) =>
  new Promise<void>((resolve) => {
    const note = (request: Request) => PAGE_OF_CONVERSATION.test(request.url()) && resolve();
    page.on("requestfinished", note);
    page.on("requestfailed", note);
  });

/** Until the page has nothing left to do with what came: twice, since what it does may wait for a frame. */
const untilIdle = (page: Page) =>
  page.evaluate(async () => {
    for (let times = 0; times < 2; times += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestIdleCallback(resolve));
    }
  });

test("a question is edited, an answer regenerated, and each version found again, here and in another tab", async ({
  page,
  context,
}) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "Première formulation");
  await expect(page).toHaveURL(/conversations/);
  await page.getByRole("button", { name: "Modifier la question" }).click();
  const editor = page.getByRole("textbox", { name: "Nouvelle formulation" });
  await expect(editor).toBeFocused();
  await editor.fill("Seconde formulation");
  await editor.press("Enter");
  const said = (text: string) => page.getByRole("article").getByText(text);
  await expect(said("Seconde formulation")).toBeVisible();
  await expect(said("Première formulation")).toBeHidden();
  await expect(page.getByText("2/2")).toBeVisible();
  await expect(page.getByText("Réponse terminée")).toBeAttached();

  await page.getByRole("button", { name: "Version précédente" }).click();
  await expect(said("Première formulation")).toBeVisible();
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByRole("article").getByText("Première formulation")).toBeVisible();

  await page.getByRole("button", { name: "Régénérer la réponse" }).click();
  await expect(lastAnswer(page).getByText("2/2")).toBeVisible({ timeout: 20_000 });
  await expect(second.getByText("2/2")).toBeVisible({ timeout: 20_000 });

  await page.getByRole("button", { name: "Continuer dans une nouvelle conversation" }).click();
  await expect(page.getByText("Une copie de la conversation est ouverte.")).toBeVisible();
  await expect(page).not.toHaveURL(second.url());
  await expect(said("Première formulation")).toBeVisible();
});

test("what was just answered on a branch is not drawn on another that one goes to at once", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "Une formulation");
  await page.getByRole("button", { name: "Modifier la question" }).click();
  await page
    .getByRole("textbox", { name: "Nouvelle formulation" })
    .fill("[scenario:slow-stream] Une autre formulation");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2/2")).toBeVisible();
  await expect(page.getByText("mot3", { exact: false })).toBeVisible();
  // The end comes, and the page is not read again before one leaves the branch.
  await page.route(/_rsc=/, () => {});
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  await page.getByRole("button", { name: "Version précédente" }).click();
  await expect(page.getByText("1/2")).toBeVisible();
  await expect(page.getByRole("article").getByText("Une formulation", { exact: true })).toBeVisible();
  await expect(page.getByText("mot3", { exact: false })).toBeHidden();
  await expect(page.getByRole("article")).toHaveCount(2);
});

test("a reload just after the question was sent finds its conversation, and the focus stays on a button of the answer", async ({
  page,
}) => {
  await signIn(page, /Inès Lefèvre/);
  const release = await holdPages(page);
  await send(page, "[scenario:slow-stream] Une question toute neuve");
  // Nothing of its page has come.
  await expect(page).toHaveURL(/conversations/);
  await page.reload();
  await expect(page.getByText("mot3", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  const copy = page.getByRole("button", { name: "Copier", exact: true });
  await copy.focus();
  release();
  await expect(page.getByRole("button", { name: "Régénérer la réponse" })).toBeVisible();
  await expect(copy).toBeFocused();
});

test("the next question is typed and sent before the page of the new conversation is there", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await page.route(/\/conversations\/[^/]+\?_rsc/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue();
  });
  await send(page, "Une première question");
  await composer(page).fill("Une deuxième question");
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  await expect(composer(page)).toHaveValue("Une deuxième question");
  await composer(page).press("Enter");
  await expect(page.getByRole("article").getByText("Une deuxième question")).toBeVisible();
  await composer(page).fill("Un brouillon");
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(page.getByRole("button", { name: "Régénérer la réponse" })).toHaveCount(2, { timeout: 20_000 });
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(composer(page)).toHaveValue("Un brouillon");
  await page.getByRole("link", { name: "Nouvelle conversation" }).first().click();
  await expect(composer(page)).toHaveValue("");
});

test("a stopped answer is continued where it stopped, also after a reload", async ({ page }) => {
  await signIn(page, /Youssef Benali/);
  await send(page, "[scenario:never-ends] Racontez");
  await expect(page.getByText("mot7")).toBeVisible();
  await expect(page).toHaveURL(/\/conversations\//);
  await page.reload();
  await expect(page.getByText("mot20")).toBeVisible();
  await page.getByRole("button", { name: "Arrêter" }).click();
  await expect(page.getByText("Réponse interrompue.")).toBeVisible();
  const before = await lastAnswer(page).locator(".md").innerText();
  await page.getByRole("button", { name: "Continuer", exact: true }).click();
  await expect
    .poll(async () => (await lastAnswer(page).locator(".md").innerText()).length)
    .toBeGreaterThan(before.length);
  expect((await lastAnswer(page).locator(".md").innerText()).startsWith(before.trim())).toBe(true);
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  await expect(page.getByText("Réponse interrompue.")).toBeHidden();
});

test("questions sent during an answer wait in sight, are changed and removed, and go out by themselves", async ({
  page,
}) => {
  await signIn(page, /Inès Lefèvre/);
  await send(page, "[scenario:twenty-seconds] La première");
  await expect(page.getByText("mot3", { exact: false }).first()).toBeVisible();
  await send(page, "[scenario:default] La deuxième");
  await send(page, "La troisième");
  await expect(page.getByText("2 questions en attente")).toBeVisible();
  await page.getByRole("button", { name: "Retirer la question en attente" }).last().click();
  await expect(page.getByText("Une question en attente")).toBeVisible();
  await page.getByRole("button", { name: "Modifier la question en attente" }).click();
  await page.getByRole("textbox", { name: "Question en attente" }).fill("[scenario:default] La deuxième, corrigée");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.reload();
  await expect(page.getByText("La deuxième, corrigée")).toBeVisible();
  await page.getByRole("button", { name: "Arrêter" }).click();
  await expect(page.getByText("en attente")).toHaveCount(0);
  await expect(page.getByText("Voici une proposition, à relire avant l’envoi.")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("article")).toHaveCount(4);
});

test("a conversation that is answered elsewhere shows it in the list, then that it has a new answer", async ({
  page,
}) => {
  await signIn(page, /Léa Nguyen/);
  await send(page, "[scenario:slow-stream] Une longue question");
  await expect(page).toHaveURL(/conversations/);
  const row = page.getByRole("link", { name: /Une longue question/ });
  await page.getByRole("link", { name: "Nouvelle conversation" }).first().click();
  await expect(row.getByText("Réponse en cours")).toBeAttached();
  await expect(row.getByText("Nouvelle réponse")).toBeAttached({ timeout: 20_000 });
  await row.click();
  await expect(page.getByText("mot60")).toBeVisible();
  await page.getByRole("link", { name: "Nouvelle conversation" }).first().click();
  await expect(row.getByText("Nouvelle réponse")).toHaveCount(0);
});

test("« Nouvelle conversation » is obeyed while the page of the one just opened is on its way", async ({ page }) => {
  await signIn(page, /Léa Nguyen/);
  const release = await holdPages(page);
  await send(page, "[scenario:slow-stream] Une question que l’on quitte");
  await expect(page).toHaveURL(/conversations/);
  await expect(page.getByText("mot3", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: "Nouvelle conversation" }).first().click();
  await expect(page.getByRole("article")).toHaveCount(0);
  await composer(page).fill("Une autre question");
  const late = untilPageCame(page);
  release();
  await late;
  await untilIdle(page);
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("article")).toHaveCount(0);
  await expect(composer(page)).toHaveValue("Une autre question");
  const row = page.getByRole("link", { name: /Une question que l’on quitte/ });
  await expect(row.getByText("Nouvelle réponse")).toBeAttached({ timeout: 20_000 });
});

test("a network cut during an answer loses nothing: it goes on by itself when the network is back", async ({
  page,
  context,
}) => {
  await signIn(page, /Youssef Benali/);
  await send(page, "[scenario:twenty-seconds] Une réponse qui dure");
  await expect(page.getByText("mot9")).toBeVisible();
  await context.setOffline(true);
  await page.waitForTimeout(2_000);
  await context.setOffline(false);
  await expect(page.getByText("Réponse terminée")).toBeAttached({ timeout: 30_000 });
  const text = (await lastAnswer(page).locator(".md").innerText()).replace(/\s+/g, " ").trim();
  expect(text).toBe(Array.from({ length: 200 }, (_, index) => `mot${index + 1}`).join(" "));
});

test("behind a proxy that holds streams back the answer still comes, piece by piece", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  await page.route(/\/api\/chat(\/[^/]+\/stream.*)?$/, async (route) => {
    // Waits for the whole body, as such a proxy does.
    const response = await route.fetch({ timeout: 60_000 });
    await route.fulfill({ response });
  });
  await send(page, "[scenario:twenty-seconds] Une réponse retenue");
  await expect(page.getByText("mot50")).toBeVisible({ timeout: 18_000 });
  await expect(page.getByText("mot199")).toHaveCount(0);
  await expect(page.getByText("Réponse terminée")).toBeAttached({ timeout: 30_000 });
  const text = (await lastAnswer(page).locator(".md").innerText()).replace(/\s+/g, " ").trim();
  expect(text).toBe(Array.from({ length: 200 }, (_, index) => `mot${index + 1}`).join(" "));
});
