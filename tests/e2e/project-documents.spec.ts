import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { newId } from "../../lib/id";
import { pdfWriter, show } from "../support/pdf-writer";
import { writeZip } from "../support/zip-writer";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { ask, expect, signIn, test, untilReady } from "./support/journey";

const PASSAGE = "montant est de 4512 euros";
const TOLD = "Répondez toujours aux cadres de direction.";

function pdf(...lines: string[]): Buffer {
  const writer = pdfWriter();
  for (const line of lines) writer.page({ content: show(72, 770, line) });
  return Buffer.from(writer.bytes());
}
const fileNamed = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });

const list = (page: Page) => page.getByRole("list", { name: "Documents du projet" });
const rowOf = (page: Page, name: string) =>
  list(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name, exact: true }) });

/** An archive of one project and one document: what is brought back is the agent's, whatever the interface to make one. */
async function bringProject(page: Page, title: string, documentName: string): Promise<string> {
  const now = new Date().toISOString();
  const documentId = randomUUID();
  const path = "documents/note.txt";
  const index = {
    ...{ format: "assistant-ia/archive@1", exportedAt: now, account: {}, settings: {}, conversations: [] },
    documents: [{ id: documentId, name: documentName, createdAt: now, sizeBytes: null, sha256: null, path }],
    projects: [
      { id: randomUUID(), title, colour: "teal", instructions: TOLD, createdAt: now, documents: [documentId] },
    ],
  };
  const archive = writeZip({
    "donnees.json": JSON.stringify(index),
    [path]: `Le bureau de ${title} ferme à dix-huit heures.`,
  });
  await page.goto("/parametres#exports");
  const section = page.getByRole("region", { name: "Exports et import" });
  const choosing = page.waitForEvent("filechooser");
  await section.getByRole("button", { name: "Importer une archive…" }).click();
  await (await choosing).setFiles(fileNamed("archive.zip", Buffer.from(archive)));
  await expect(section.getByText("1 projet ajouté, avec ses consignes.")).toBeVisible({ timeout: 20_000 });
  await page.goto(`/documents?q=${encodeURIComponent(documentName)}`);
  const documents = page.getByRole("list", { name: "Mes documents" });
  const link = documents.getByRole("link", { name: title, exact: true });
  await expect(link).toBeVisible();
  return (await link.getAttribute("href")) ?? "";
}

/** A first question in the project, then the page of its conversation. */
async function startConversation(page: Page, projectId: string, text: string): Promise<void> {
  const conversationId = newId();
  const asked = { kind: "ask", conversationId, isNew: true, projectId, questionId: newId(), answerId: newId(), text };
  const status = await page.evaluate(async (body) => {
    const response = await fetch("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await response.text();
    return response.status;
  }, asked);
  expect(status).toBe(200);
  await page.goto(`/conversations/${conversationId}`);
  await untilReady(page);
}

test("documents join a project from here and from « Mes documents », are cited in its conversations, then leave it", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page, /Youssef Benali/);
  const title = `Subventions ${newId().slice(-6)}`;
  const path = await bringProject(page, title, `horaires ${title}.txt`);
  await page.goto(`${path}/documents`);
  await expect(page.getByRole("heading", { level: 1, name: "Documents du projet" })).toBeVisible();
  await expect(page.getByText("1 document sur 50")).toBeVisible();
  await expect(rowOf(page, `horaires ${title}.txt`)).toContainText("Lu");
  await expect(page.getByText(/Pas de données de santé/)).toBeVisible();
  await expectAccessible(page);

  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Ajouter des fichiers" }).click();
  await (await choosing).setFiles(fileNamed("convention.pdf", pdf("Preambule", `Le ${PASSAGE}.`)));
  await expect(rowOf(page, "convention.pdf")).toContainText("2 pages");
  await expect(page.getByText("2 documents sur 50")).toBeVisible();

  await startConversation(page, path.split("/").at(-1) ?? "", "[scenario:quotes-instructions] Bonjour");
  await expect(page.getByRole("article").last()).toContainText(`Consignes du projet`);
  await expect(page.getByRole("article").last()).toContainText(TOLD);
  await ask(page, "[scenario:cites-amounts] Le montant est de combien d’euros ?");
  const answer = page.getByRole("article").last();
  await answer.getByRole("button", { name: "source 1, convention.pdf, page 2" }).click();
  const panel = page.locator("aside, dialog").filter({ has: page.locator("#source-title") });
  await expect(panel.locator("mark")).toHaveText(PASSAGE);
  await expectAccessible(page);
  const conversation = page.url();

  await page.goto(`${path}/documents`);
  await page.getByRole("button", { name: /^Retirer du projet\s: convention\.pdf$/ }).press("Enter");
  await expect(rowOf(page, "convention.pdf")).toHaveCount(0);
  const notices = page.getByRole("region", { name: "Notifications" });
  await expect(
    notices.getByText(/«\sconvention\.pdf\s» n’est plus dans le projet\. Il reste dans «\sMes documents\s»\./),
  ).toBeVisible();
  // Who works with the keyboard is taken to what undoes it, then back to the list.
  await expect(notices.getByRole("button", { name: "Annuler" })).toBeFocused();
  await notices.getByRole("button", { name: "Fermer" }).press("Enter");
  await expect(list(page)).toBeFocused();
  await page.goto(conversation);
  await untilReady(page);
  await ask(page, "[scenario:quotes-question] Quel est le montant ?");
  const without = page.getByRole("article").last();
  await expect(without).toContainText(`horaires ${title}.txt`);
  await expect(without).not.toContainText("convention.pdf");

  await page.goto(`${path}/documents`);
  await page.getByRole("button", { name: "Choisir dans mes documents" }).click();
  const dialog = page.getByRole("dialog", { name: "Mes documents" });
  await expect(dialog.getByText("Déjà dans le projet")).toHaveCount(1);
  await dialog.getByRole("searchbox").fill("convention");
  await dialog.getByRole("checkbox", { name: "convention.pdf" }).first().check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Ajouter 1 document" }).click();
  await expect(rowOf(page, "convention.pdf")).toHaveCount(1);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("the page of a project's documents that is someone else's, or never was, says that it is not there", async ({
  page,
}) => {
  await signIn(page, /Léa Nguyen/);
  await page.goto(`/projets/${newId()}/documents`);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Documents du projet");
  await expect(page.getByRole("button", { name: "Ajouter des fichiers" })).toHaveCount(0);
});
