import { composer, expect, signIn, test } from "./support/journey";

test("while it is written an answer shows no raw mark, loads no image, runs nothing, and is announced twice", async ({
  page,
}) => {
  await signIn(page, /Youssef Benali/);
  await page.evaluate(() => {
    const seen = { marks: [] as string[], images: 0, announcements: [] as string[] };
    Object.assign(window, { seen });
    const RAW = [/\*\*(?!pas du gras)/, /\|\s*:?-{2,}/, /\$\$/, /\]\(/, /```/];
    new MutationObserver(() => {
      const answer = [...document.querySelectorAll("article")].at(-1);
      const shown = answer?.querySelector(".md")?.cloneNode(true);
      if (shown instanceof HTMLElement) {
        for (const code of shown.querySelectorAll("pre, annotation")) code.remove();
        for (const raw of RAW)
          if (raw.test(shown.textContent ?? "")) seen.marks.push(`${raw}: ${shown.textContent?.slice(-60)}`);
      }
      seen.images += document.querySelectorAll("article img").length;
      const status = [...document.querySelectorAll("[role=status]")].map((each) => each.textContent ?? "").join("");
      if (status !== "" && seen.announcements.at(-1) !== status) seen.announcements.push(status);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await composer(page).fill("Une réponse hostile");
  await composer(page).press("Enter");
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  await expect(composer(page)).toBeFocused();

  const seen = await page.evaluate(() => (window as unknown as { seen: Record<string, unknown> }).seen);
  expect(seen.marks).toEqual([]);
  expect(seen.images).toBe(0);
  expect(seen.announcements).toEqual(["L’assistant rédige sa réponse", "Réponse terminée"]);
  expect(await page.evaluate(() => "pirate" in window)).toBe(false);

  const answer = page.getByRole("article").last();
  await expect(answer.locator("a[href^='javascript']")).toHaveCount(0);
  await expect(answer.getByRole("link", { name: /le site officiel/ })).toHaveAttribute("rel", /noopener/);
  // Drawn by code that is fetched at the first formula.
  await expect(answer.locator(".katex")).toBeVisible();
  const live = await answer.locator(".md").innerText();
  await page.reload();
  await expect(answer.getByRole("table")).toBeVisible();
  await expect.poll(() => answer.locator(".md").innerText()).toBe(live);
});

test("reasoning is folded, and not part of what is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, /Youssef Benali/);
  // The stored answer comes late.
  await page.route(/_rsc=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await composer(page).fill("[scenario:think-tags] Réfléchissez");
  await composer(page).press("Enter");
  await expect(page.getByText("Ma réponse")).toBeVisible();
  await expect(page.getByText("Je réfléchis")).toBeHidden();
  await page.getByText("Réflexion").click();
  await expect(page.getByText("Je réfléchis")).toBeVisible();
  // It stays unfolded when the stored answer takes over.
  await expect(page.getByRole("button", { name: "Régénérer la réponse" })).toBeVisible();
  await expect(page.getByText("Je réfléchis")).toBeVisible();
  await page.getByRole("button", { name: "Copier", exact: true }).click();
  await expect(page.getByRole("button", { name: "Copié" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Ma réponse");
});
