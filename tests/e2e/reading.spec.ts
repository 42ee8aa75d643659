import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { ask, composer, expect, signIn, test, untilReady } from "./support/journey";

type Copied = { html: string; text: string };

/** What the page gives to the clipboard, before Chromium makes its own HTML of it. */
async function watchClipboard(page: Page): Promise<() => Promise<Copied>> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => {
    const write = navigator.clipboard.write.bind(navigator.clipboard);
    navigator.clipboard.write = async (items) => {
      const read = async (type: string) => (await items[0]?.getType(type))?.text() ?? "";
      Object.assign(window, { copied: { html: await read("text/html"), text: await read("text/plain") } });
      await write(items);
    };
  });
  return () => page.evaluate(() => (window as unknown as { copied: Copied }).copied);
}
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const isAtEnd = (page: Page) =>
  page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 120);

test("an answer is copied as rich text for word processors, and as Markdown", async ({ page }) => {
  const copied = await watchClipboard(page);
  await signIn(page, /Youssef Benali/);
  await ask(page, "À copier");
  await page.reload();
  await button(page, "Copier").click();
  await expect(button(page, "Copié")).toBeVisible();
  const { html } = await copied();
  for (const part of [
    "<h2>Courriel de relance</h2>",
    "<strong>pas reçu</strong>",
    "<ol>",
    "<ul>",
    '<table border="1"',
    '<td align="right">1 200 €</td>',
    "<pre><code>def relance(nom: str)",
    '<a href="https://www.service-public.fr/">le site officiel</a>',
    "\\frac{a + b}{2}",
  ]) {
    expect(html).toContain(part);
  }
  expect(html).not.toMatch(/ class=| style=| id=|<button|<figure|<span|<section|<div|nouvelle fenêtre|Télécharger/);

  await button(page, "Copier en Markdown").click();
  await expect(button(page, "Copier en Markdown")).toBeHidden();
  await expect(button(page, "Copié").last()).toBeVisible();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toContain("## Courriel de relance");
  expect(markdown).toContain("| Étape | Délai | Montant |");
});

test("a table goes to a spreadsheet, by the clipboard or as a CSV file", async ({ page }) => {
  const copied = await watchClipboard(page);
  await signIn(page, /Youssef Benali/);
  await ask(page, "Un tableau");
  await button(page, "Copier le tableau").click();
  await expect(button(page, "Tableau copié")).toBeVisible();
  const { html, text } = await copied();
  expect(text).toBe("Étape\tDélai\tMontant\nDépôt\t8 jours\t1 200 €\nInstruction\t2 mois\t—");
  expect(html).toMatch(/^<table border="1"/);
  expect(html).toContain("</table>");

  const started = page.waitForEvent("download");
  await button(page, "Télécharger en CSV").click();
  const file = await started;
  expect(file.suggestedFilename()).toBe("tableau.csv");
  const csv = await readFile(await file.path(), "utf8");
  expect(csv).toBe("\uFEFFÉtape;Délai;Montant\r\nDépôt;8 jours;1 200 €\r\nInstruction;2 mois;—\r\n");
});

test("code gets its colours once it is written, and keeps them when stored; no colours are fetched before", async ({
  page,
}) => {
  await signIn(page, /Anne Roux/);
  const scripts: string[] = [];
  page.on("response", async (response) => {
    if (/\.js(\?|$)/.test(response.url())) scripts.push(await response.text().catch(() => ""));
  });
  const coloursFetched = () => scripts.some((script) => script.includes("hljs-"));
  await composer(page).fill("[scenario:reasoning] Sans code");
  await composer(page).press("Enter");
  await expect(page.getByText("Ma réponse")).toBeVisible();
  expect(coloursFetched()).toBe(false);

  await ask(page, "Avec du code");
  const code = page.getByRole("article").last().locator("pre code");
  await expect(code.locator(".hljs-keyword").first()).toHaveText("def");
  await expect.poll(coloursFetched).toBe(true);
  const drawn = await code.innerHTML();
  await expectAccessible(page);
  await page.reload();
  await expect(code.locator(".hljs-keyword").first()).toBeVisible();
  expect(await code.innerHTML()).toBe(drawn);
});

test("only the last answer has follow-ups, each sent in one click", async ({ page }) => {
  await signIn(page, /Paul Girard/);
  await ask(page, "Une première réponse");
  const followUps = page.getByRole("list", { name: "Reprendre cette réponse" });
  await expect(followUps).toHaveCount(1);
  await page.reload();
  await expect(followUps.getByRole("button")).toHaveText(["Plus court", "Plus formel", "Langage clair", "Traduire"]);
  await button(page, "Langage clair").click();
  await expect(page.getByText(/Réécrivez votre dernière réponse en langage clair/)).toBeVisible();
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(followUps).toHaveCount(1);
});

test("scrolling follows the answer only while one is at its end", async ({ page }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 800, height: 500 });
  await signIn(page, /Léa Nguyen/);
  await ask(page, "De quoi remplir l’écran");
  await composer(page).fill("[scenario:never-ends] Une longue réponse");
  await composer(page).press("Enter");
  await expect(page.getByText(/mot100\b/)).toBeAttached({ timeout: 20_000 });
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await expect(button(page, "Descendre")).toBeHidden();

  // Much comes at once, and an earlier scroll is only told of then.
  await page.evaluate(() => {
    const much = document.createElement("div");
    much.id = "much";
    much.style.height = "1000px";
    document.querySelector('article[aria-busy="true"]')?.append(much);
    window.dispatchEvent(new Event("scroll"));
  });
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await page.evaluate(() => document.querySelector("#much")?.remove());
  await expect.poll(() => isAtEnd(page)).toBe(true);

  // The page shrinks a little, which scrolls it up, and grows by much before that is told.
  const shrunkBy = await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let frames = 0; frames < 3; frames++) await frame();
    const growing = document.querySelector<HTMLElement>('article[aria-busy="true"]');
    const before = scrollY;
    if (!growing) return 0;
    growing.style.overflow = "hidden";
    growing.style.height = `${growing.offsetHeight - 8}px`;
    const after = document.documentElement.getBoundingClientRect() && scrollY;
    growing.style.height = `${growing.offsetHeight + 1000}px`;
    window.dispatchEvent(new Event("scroll"));
    return before - after;
  });
  expect(shrunkBy).toBeGreaterThan(0);
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await page.evaluate(() => document.querySelector('article[aria-busy="true"]')?.removeAttribute("style"));
  await expect.poll(() => isAtEnd(page)).toBe(true);

  await page.mouse.move(400, 200);
  await page.mouse.wheel(0, -600);
  await expect(button(page, "Descendre")).toBeVisible();
  const place = await page.evaluate(() => scrollY);
  await expect(page.getByText(/mot300\b/)).toBeAttached({ timeout: 30_000 });
  expect(await page.evaluate(() => scrollY)).toBe(place);

  // What comes at that very moment does not keep it from being followed.
  await button(page, "Descendre").evaluate((element: HTMLElement) => {
    element.click();
    const much = document.createElement("div");
    much.id = "much";
    much.style.height = "1000px";
    document.querySelector('article[aria-busy="true"]')?.append(much);
  });
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await page.evaluate(() => document.querySelector("#much")?.remove());
  await expect(button(page, "Descendre")).toBeHidden();
  await button(page, "Arrêter").click();
  await expect(page.getByText(/Réponse interrompue/)).toBeVisible();

  // Who asks wants to see the answer.
  await expect(async () => {
    await page.mouse.wheel(0, -1200);
    await expect(button(page, "Descendre")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await ask(page, "Une autre question, posée d’en haut");
  await expect.poll(() => isAtEnd(page)).toBe(true);
});

test("when answers end while the tab is hidden, its title says how many", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "Un titre à retrouver");
  await expect(page).toHaveTitle(/^Un titre à retrouver/);
  const title = await page.title();
  await composer(page).fill("[scenario:slow-stream] Pendant que je regarde ailleurs");
  await composer(page).press("Enter");
  await expect(page.getByText(/mot3\b/)).toBeVisible();
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page).toHaveTitle(`(1) Réponse terminée – ${title}`);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: false, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page).toHaveTitle(title);
});

test("a long conversation opens at its end; what comes before is drawn as one goes up, in its place", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await signIn(page, /Hugo Petit/);
  const conversationId = randomUUID();
  await page.evaluate(
    async ({ id, questionIds }) => {
      for (const [index, questionId] of questionIds.entries()) {
        const text = `[scenario:reasoning] Question ${index + 1}`;
        const body = JSON.stringify({
          kind: "ask",
          conversationId: id,
          isNew: index === 0,
          questionId,
          answerId: crypto.randomUUID(),
          text,
        });
        const response = await fetch("/api/chat", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        });
        await response.text();
      }
    },
    { id: conversationId, questionIds: Array.from({ length: 20 }, () => randomUUID()) },
  );
  await page.setViewportSize({ width: 800, height: 500 });
  await page.goto(`/conversations/${conversationId}`);
  await untilReady(page);
  const questions = page.getByRole("article").getByText(/Question \d+$/);
  await expect(questions).toHaveCount(6);
  await expect.poll(() => isAtEnd(page)).toBe(true);

  const first = questions.first();
  await expect(first).toHaveText(/Question 15$/);
  const before = await first.boundingBox();
  // Without going up to it, which would be enough.
  await button(page, "Afficher les messages précédents").dispatchEvent("click");
  await expect(questions).toHaveCount(12);
  expect(
    (
      await page
        .getByRole("article")
        .getByText(/Question 15$/)
        .boundingBox()
    )?.y,
  ).toBeCloseTo(before?.y ?? 0, 0);
  await expect(page.getByText("12 messages précédents sont affichés.")).toBeAttached();

  await page.mouse.move(400, 200);
  await expect(async () => {
    await page.mouse.wheel(0, -400);
    await expect(questions).toHaveCount(20, { timeout: 500 });
  }).toPass();
  await expect(page.getByRole("button", { name: "Afficher les messages précédents" })).toBeHidden();

  // A new exchange takes nothing away.
  await ask(page, "[scenario:reasoning] Question 21");
  await expect(questions).toHaveCount(21);
  const said = await page.getByRole("article").allTextContents();
  expect(
    said.filter((text) => /Question \d/.test(text)).map((text) => Number(/Question (\d+)/.exec(text)?.[1])),
  ).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
});

test("on paper a conversation is its words alone, with who says them and where links lead", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await ask(page, "À imprimer");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [composer(page), page.getByRole("navigation"), page.getByRole("banner")]) {
    await expect(hidden.first()).toBeHidden();
  }
  await expect(page.locator("button:visible")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "À imprimer" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Vous" })).toBeVisible();
  const after = await page
    .getByRole("link", { name: /le site officiel/ })
    .evaluate((link) => getComputedStyle(link, "::after").content);
  expect(after).toMatch(/attr\(href\)|https:\/\/www\.service-public\.fr/);
});
