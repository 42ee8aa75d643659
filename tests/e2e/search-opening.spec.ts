import { expectAccessible } from "./support/accessibility";
import { ask, expect, signIn, test } from "./support/journey";
import { bar, converse, manyQuestions, marked, messageWith, results } from "./support/search";

test("a result opens an old message of a long conversation, marked; one goes to the next and back", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page, /Léa Nguyen/);
  const id = await converse(page, manyQuestions("girafes", [1, 9, 18]));
  await page.setViewportSize({ width: 1000, height: 640 });
  await page.goto("/recherche?q=girafes&tri=date");
  const oldest = results(page)
    .filter({ has: page.getByText(/demande 1$/).and(page.locator("p")) })
    .getByRole("link");
  await oldest.focus();
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(new RegExp(`/conversations/${id}$`));
  const opened = messageWith(page, /demande 1$/);
  await expect(opened).toBeFocused();
  await expect(opened).toBeInViewport();
  await expect(bar(page)).toContainText("1 sur 3");
  await expect.poll(() => marked(page)).toEqual(["girafes"]);
  // Where neither the bar nor the composer covers half of a button.
  await page.mouse.move(600, 300);
  await page.mouse.wheel(0, -5_000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await expectAccessible(page);

  const next = bar(page).getByRole("button", { name: "Passage suivant" });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toContainText("2 sur 3");
  await expect(messageWith(page, /demande 9$/)).toBeInViewport();
  await expect(next).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(messageWith(page, /demande 18$/)).toBeInViewport();
  await bar(page).getByRole("button", { name: "Passage précédent" }).click();
  await expect(bar(page)).toContainText("2 sur 3");
  await expect(messageWith(page, /demande 9$/)).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toBeHidden();
  await expect(messageWith(page, /demande 9$/)).toBeFocused();
  await expect.poll(() => marked(page)).toEqual([]);

  // A question asked from there goes to the end, as ever, and takes nothing away.
  await ask(page, "[scenario:reasoning] Une demande 21");
  await expect(messageWith(page, /demande 21$/)).toBeInViewport();
  await expect(messageWith(page, /demande 1$/)).toBeAttached();
});

test("a match above what is drawn is drawn when one goes to it", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, /Léa Nguyen/);
  await converse(page, manyQuestions("zèbres", [2, 19]));
  await page.goto("/recherche?q=zèbres&tri=date");
  await results(page).filter({ hasText: "demande 19" }).getByRole("link").click();
  await expect(bar(page)).toContainText("2 sur 2");
  await expect(messageWith(page, /demande 2$/)).toHaveCount(0);
  await bar(page).getByRole("button", { name: "Passage précédent" }).click();
  await expect(bar(page)).toContainText("1 sur 2");
  await expect(messageWith(page, /demande 2$/)).toBeInViewport();
  await expect.poll(() => marked(page)).toEqual(["zèbres"]);
});

test("a message of another branch is opened in its branch, which one can leave again", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "[scenario:reasoning] Première rédaction sur les loutres");
  await page.getByRole("button", { name: "Modifier la question" }).click();
  await page.getByRole("textbox", { name: "Nouvelle formulation" }).fill("[scenario:reasoning] Seconde rédaction");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2/2")).toBeVisible();
  await expect(page.getByText("Réponse terminée")).toBeAttached();

  await page.goto("/recherche?q=loutres");
  await results(page).filter({ hasText: "Vous" }).getByRole("link").first().click();
  await expect(page.getByText("1/2")).toBeVisible();
  await expect(messageWith(page, /Première rédaction/)).toBeFocused();
  await page.getByRole("button", { name: "Version suivante" }).click();
  await expect(page.getByText("2/2")).toBeVisible();
  await page.reload();
  await expect(page.getByText("2/2")).toBeVisible();
});
