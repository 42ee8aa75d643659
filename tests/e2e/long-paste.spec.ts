import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, composer, composerForm, expect, signIn, test, untilReady } from "./support/journey";

const LONG = "Article premier. Le montant est de 4 512 euros.\n".repeat(120);

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const cards = (page: Page) => composerForm(page).getByRole("list", { name: "Fichiers joints" });
const choice = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const announced = (page: Page) => composerForm(page).getByRole("status").filter({ hasText: "Texte collé" });

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await composer(page).press("ControlOrMeta+v");
}

test("a long paste is offered as a document, which the question keeps or not, and takes back", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await composer(page).fill("[scenario:quotes-question] Résumez : ");
  await composer(page).press("End");
  await paste(page, "x".repeat(4_000));
  await expect(composer(page)).toHaveValue(/x{4000}$/);
  await expect(choice(page, "Joindre comme document")).toBeHidden();
  await composer(page).fill("Résumez : ");
  await composer(page).press("End");

  await paste(page, LONG);
  await expect(composer(page)).toHaveValue(`Résumez : ${LONG}`);
  await expect(announced(page)).toHaveText(/^Texte collé de 5\s760 caractères\.$/);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await composer(page).pressSequentially("En dix lignes.");
  await composer(page).press("ControlOrMeta+Home");
  await composer(page).pressSequentially("[scenario:quotes-question] ");

  // By the keyboard alone: the choices are just before the field.
  await choice(page, "Joindre comme document").focus();
  await page.keyboard.press("Tab");
  await expect(choice(page, "Laisser dans la question")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("[scenario:quotes-question] Résumez : En dix lignes.");
  await expect(composer(page)).toBeFocused();
  await expect(announced(page)).toHaveText("Texte collé.txt est joint.");
  await expect(cards(page)).toContainText("Texte collé.txt");

  await choice(page, "Remettre dans la question").click();
  await expect(composer(page)).toHaveValue(`[scenario:quotes-question] Résumez : ${LONG}En dix lignes.`);
  await expect(cards(page)).toHaveCount(0);
  await expect(choice(page, "Joindre comme document")).toBeHidden();

  await composer(page).fill("[scenario:quotes-question] Comparez.");
  for (const name of ["Texte collé.txt", "Texte collé 2.txt"]) {
    await composer(page).press("ControlOrMeta+End");
    await paste(page, `${name} ${LONG}`);
    await choice(page, "Joindre comme document").click();
    await expect(cards(page)).toContainText(name);
  }
  await expect(cards(page).getByText(/^Lu/)).toHaveCount(2);
  await expectAccessible(page);
  await ask(page, "[scenario:quotes-question] Quel est le montant ?");
  const answer = page.getByRole("article").last();
  await expect(answer).toContainText("« Texte collé 2.txt »");
  await expect(answer).toContainText("Le montant est de 4 512 euros.");
  await expect(choice(page, "Remettre dans la question")).toBeHidden();
});

test("a question that a paste makes too long is sent with it as a document, and loses nothing", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await composer(page).fill("[scenario:a-title] Quel est le dernier mot ? ");
  await composer(page).press("End");
  await paste(page, `${"mot ".repeat(25_000)}fin-du-texte`);
  await choice(page, "Laisser dans la question").click();
  await expect(choice(page, "Joindre comme document")).toBeHidden();
  await composer(page).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Joignez le texte collé comme document" })).toBeVisible();
  await expect(composer(page)).toHaveValue(/Quel est le dernier mot \? (mot ){25000}fin-du-texte$/);
  await choice(page, "Joindre comme document").click();
  await expect(composer(page)).toHaveValue("[scenario:a-title] Quel est le dernier mot ? ");
  await composer(page).press("Enter");
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  const question = page.getByRole("article").first();
  await expect(question).toContainText("Quel est le dernier mot ?");
  await expect(question.getByRole("link")).toHaveText("Texte collé.txt");
  const [download] = await Promise.all([page.waitForEvent("download"), question.getByRole("link").click()]);
  expect(await readFile(await download.path(), "utf8")).toBe(`${"mot ".repeat(25_000)}fin-du-texte`);
});

test("a pasted text that the server does not take as a document is not lost with the question", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await page.route("**/api/documents?id=**", (route) => route.abort());
  await paste(page, LONG);
  await choice(page, "Joindre comme document").click();
  await expect(cards(page).getByRole("alert")).toBeVisible();
  await composer(page).pressSequentially("Résumez.");
  await composer(page).press("Enter");
  await expect(page.getByText("Le texte collé n’a pas pu être joint.")).toBeVisible();
  await expect(composer(page)).toHaveValue("Résumez.");
  await choice(page, "Remettre dans la question").click();
  await expect(composer(page)).toHaveValue(`${LONG}Résumez.`);
});

test("a reload while a pasted text is being sent as a document loses neither it nor the question", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  let isSlow = true;
  await page.route("**/api/documents?id=**", async (route) => {
    if (!isSlow) await route.continue();
  });
  await composer(page).fill("[scenario:quotes-question] Résumez : ");
  await composer(page).press("End");
  await paste(page, `${LONG}fin-du-texte`);
  await choice(page, "Joindre comme document").click();
  await expect(cards(page).getByRole("progressbar")).toBeVisible();
  await page.reload();
  await untilReady(page);
  await expect(composer(page)).toHaveValue("[scenario:quotes-question] Résumez : ");
  await expect(cards(page).getByRole("progressbar")).toBeVisible();
  await choice(page, "Remettre dans la question").click();
  await expect(composer(page)).toHaveValue(`[scenario:quotes-question] Résumez : ${LONG}fin-du-texte`);
  await page.reload();
  await untilReady(page);
  await expect(composer(page)).toHaveValue(/fin-du-texte$/);
  await expect(cards(page)).toHaveCount(0);

  await composer(page).fill("[scenario:quotes-question] Résumez ");
  await composer(page).press("End");
  await paste(page, `${LONG}fin-du-texte`);
  await choice(page, "Joindre comme document").click();
  await expect(cards(page).getByRole("progressbar")).toBeVisible();
  isSlow = false;
  await page.reload();
  await untilReady(page);
  await expect(cards(page).getByText(/^Lu/)).toHaveCount(1);
  await expect(cards(page).getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await untilReady(page);
  await expect(cards(page).getByRole("listitem")).toHaveCount(1);
  await ask(page, "[scenario:quotes-question] Quel est le dernier mot ?");
  await expect(page.getByRole("article").last()).toContainText("fin-du-texte");
});

test("a table copied from an office suite is pasted as text, not as its picture", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  const isPrevented = await composer(page).evaluate((field) => {
    const transfer = new DataTransfer();
    transfer.setData("text/plain", "Service\tMontant");
    transfer.setData("text/html", "<table><tr><td>Service</td><td>Montant</td></tr></table>");
    transfer.items.add(new File(["\x89PNG"], "image.png", { type: "image/png" }));
    return !field.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
    );
  });
  expect(isPrevented).toBe(false);
  await expect(cards(page)).toHaveCount(0);
});
