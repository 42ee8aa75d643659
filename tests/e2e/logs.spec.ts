import { readFileSync } from "node:fs";
import { testAgents } from "../../dev/test-agents";
import { SERVER_LOG } from "./support/addresses";
import { ask, composer, expect, signIn, test } from "./support/journey";

test("the server writes nothing of what people type, receive or are called", async ({ page }) => {
  await signIn(page, /Camille Martin/);
  await ask(page, "marqueur-question-7f3a");
  await page
    .getByRole("button", { name: /Actions sur « marqueur-question/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Renommer" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("marqueur-titre-7f3a");
  await page.getByRole("dialog").getByRole("button", { name: "Renommer" }).click();
  for (const scenario of ["422", "cut-in-the-middle", "malformed-stream"]) {
    await composer(page).fill(`[scenario:${scenario}] marqueur-echec-7f3a`);
    await composer(page).press("Enter");
    await expect(page.getByRole("button", { name: "Réessayer" }).last()).toBeVisible();
    await expect(page.getByText("Réponse terminée")).toHaveCount(0);
  }
  await page.goto("/parametres");
  await page.getByRole("textbox", { name: /Ce que l’assistant doit savoir/ }).fill("marqueur-consigne-7f3a");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(/Vos consignes sont enregistrées/).first()).toBeAttached();

  const log = readFileSync(SERVER_LOG, "utf8");
  expect(log).toContain("model_cut");
  const names = Object.values(testAgents).flatMap(({ email, usualName, sub }) => [email, usualName, sub]);
  const personal = ["marqueur", "scenario", "Début de réponse", "eyJ", ...names];
  expect(personal.filter((text) => log.includes(text))).toEqual([]);
});
