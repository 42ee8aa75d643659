import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getPublicText } from "./queries";
import { PUBLIC_TEXTS } from "./schema";

const folder = mkdtempSync(join(tmpdir(), "assistant-content-"));

// Read once by env(): set before the first call.
beforeAll(() => {
  Object.assign(process.env, {
    CONTENT_DIR: folder,
    CONTACT_EMAIL: "aide@exemple.gouv.fr",
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: "x".repeat(32),
    PROCONNECT_ISSUER: "http://localhost:3001",
    PROCONNECT_CLIENT_ID: "id",
    PROCONNECT_CLIENT_SECRET: "secret",
    LLM_BASE_URL: "http://localhost:3002/v1",
    LLM_MODEL: "modele",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("gives the operator's text when there is one", async () => {
  writeFileSync(join(folder, "accueil.md"), "Bienvenue au rectorat.");
  expect(await getPublicText("accueil")).toBe("Bienvenue au rectorat.");
});

it("gives the shipped text when the operator has none, with the address to write to", async () => {
  expect(await getPublicText("mentions-legales")).toContain("[aide@exemple.gouv.fr](mailto:aide@exemple.gouv.fr)");
});

it("states how long conversations are kept with the numbers of this service", async () => {
  const text = await getPublicText("donnees-personnelles");
  expect(text).toMatch(/au plus 12 mois sans nouvelle question/);
  expect(text).toMatch(/prévenu 30\sjours avant/);
  expect(text).toMatch(/30\sjours dans votre corbeille/);
  expect(text).not.toMatch(/[{}]/);
});

it("ships every public text", async () => {
  for (const name of PUBLIC_TEXTS) expect((await getPublicText(name)).length).toBeGreaterThan(10);
});

it("keeps to the mandatory format of the accessibility statement, and claims nothing that was not audited", async () => {
  const text = await getPublicText("accessibilite");
  const order = [
    "article 47 de la loi n°\u00a02005-102 du 11 février 2005",
    "s’applique à",
    "## État de conformité",
    "**pas conforme**",
    "## Résultats des tests",
    "## Contenus non accessibles",
    "### Non-conformités",
    "### Dérogations pour charge disproportionnée",
    "### Contenus non soumis",
    "## Établissement de cette déclaration",
    "## Retour d’information et contact",
    "## Voies de recours",
    "Libre réponse 71120",
  ];
  const positions = order.map((words) => text.indexOf(words));
  expect(positions).not.toContain(-1);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});
