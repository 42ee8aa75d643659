import messages from "../../messages/fr.json" with { type: "json" };
import { expect, signIn, test } from "./support/journey";

const OVER_1_MB = "x".repeat(1024 * 1024 + 1);

test("a server action and a handler refuse a body over 1 MB, and the page says that it failed", async ({ page }) => {
  await signIn(page, /Paul Girard/);
  await page.goto("/parametres");
  const statuses: number[] = [];
  await page.route("**/parametres", async (route) => {
    if (!route.request().headers()["next-action"]) return route.continue();
    const response = await route.fetch({ postData: JSON.stringify([{ instructions: OVER_1_MB }]) });
    statuses.push(response.status());
    await route.fulfill({ response });
  });
  await page.getByRole("textbox", { name: /Ce que l’assistant doit savoir/ }).fill("Une consigne");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect.poll(() => statuses).toEqual([413]);
  await expect(page.getByText(messages.errors.request_failed)).toBeVisible();

  const answer = await page.request.post("/api/chat", {
    data: OVER_1_MB,
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.status()).toBe(413);
});

test("private pages and the API are kept out of caches, and every answer carries the headers", async ({ page }) => {
  await signIn(page, /Paul Girard/);
  for (const path of ["/", "/parametres", "/api/session", "/accueil"]) {
    const headers = (await page.request.get(path)).headers();
    if (path !== "/accueil") expect(headers["cache-control"]).toContain("no-store");
    expect(headers["content-security-policy"]).toContain("object-src 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});
