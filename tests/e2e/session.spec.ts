import { expect, signIn, test } from "./support/journey";

test("five minutes before the end a notice says so, and lets the agent stay", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  // Two hours do not pass in a test: the first answer about what is left is an early one.
  await page.route("**/api/session", (route) => route.fulfill({ json: { secondsLeft: 299, canExtend: true } }));
  await page.reload();
  const notice = page.getByRole("region", { name: "Votre session" });
  await expect(notice).toContainText(/5.minutes/, { timeout: 15_000 });
  await page.unroute("**/api/session");
  await page.getByRole("button", { name: "Rester connecté" }).click();
  await expect(notice).toBeHidden();
  await expect(page.getByText("Votre session est prolongée.")).toBeAttached();
});

test("a session that ended before one asked to stay leaves the focus to the way back in", async ({ page }) => {
  await signIn(page, /Inès Lefèvre/);
  await page.route("**/api/session", (route) => route.fulfill({ json: { secondsLeft: 299, canExtend: true } }));
  await page.route("**/api/session/extend", (route) => route.fulfill({ status: 401 }));
  await page.reload();
  await page.getByRole("button", { name: "Rester connecté" }).press("Enter");
  await expect(page.getByRole("link", { name: "Se reconnecter" })).toBeFocused();
});
