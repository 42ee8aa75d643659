import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, expect, it, vi } from "vitest";
import { asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { listConversations, listProjectConversations } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import {
  addProjectDocuments,
  changeProject,
  createProject,
  deleteProject,
  moveConversations,
} from "@/lib/projects/mutations";
import { getProject, listProjectDocuments, listProjects } from "@/lib/projects/queries";
import { PROJECTS_MAX } from "@/lib/projects/rules";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send } from "@/tests/support/documents";
import { setTestSettings } from "@/tests/support/settings";
import { aRichAgent, bring, partsOf, takeEverything, whileTransfersRun } from "@/tests/support/transfers";
import { writeZip } from "@/tests/support/zip-writer";
import { archiveIndex } from "./archive-schema";

const folder = mkdtempSync(join(tmpdir(), "archived-projects-"));
setTestSettings({ DATA_DIR: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
vi.spyOn(console, "warn").mockImplementation(() => {});

/** A project that holds the conversation of a rich agent, and a document of its own. */
async function anAgentWithProject(): Promise<{ actor: Actor; id: string }> {
  const actor = await aRichAgent();
  const id = await createProject(actor, { title: "Déplacements", colour: "teal" });
  await changeProject(actor, { id, instructions: "Répondez aux cadres." });
  const document = await send(actor, "barème.txt", "0,32 euro par kilomètre.");
  await addProjectDocuments(actor, { id, documentIds: [document.id] });
  const ids = (await listConversations(actor)).conversations.map((conversation) => conversation.id);
  await moveConversations(actor, { ids, projectId: id });
  return { actor, id };
}

const indexOf = (parts: Record<string, string>) => JSON.parse(parts["donnees.json"] ?? "");
const withIndex = (parts: Record<string, string>, fields: object) =>
  writeZip({ ...parts, "donnees.json": JSON.stringify({ ...indexOf(parts), ...fields }) });

onEachDatabase(() => {
  whileTransfersRun();

  it("everything tells the projects: their instructions, their documents, and which conversations they hold", async () => {
    const { actor, id } = await anAgentWithProject();
    const index = archiveIndex.parse(indexOf(await partsOf((await takeEverything(actor)).id)));
    expect(index.projects).toMatchObject([
      {
        ...{ id, title: "Déplacements", colour: "teal", instructions: "Répondez aux cadres." },
        documents: [index.documents.find(({ name }) => name === "barème.txt")?.id],
        conversations: index.conversations.map((conversation) => conversation.id),
      },
    ]);
  });

  it("are brought back with what they hold, then not a second time", async () => {
    const { bytes } = await takeEverything((await anAgentWithProject()).actor);
    const actor = await anActor();
    const first = await bring(actor, bytes);
    expect(first.report).toMatchObject({ added: { conversations: 1, documents: 2, projects: 1 }, skippedCount: 0 });
    const [project] = await listProjects(actor);
    const id = project?.id ?? "";
    expect(await getProject(actor, id)).toMatchObject({
      ...{ title: "Déplacements", colour: "teal", instructions: "Répondez aux cadres." },
      ...{ conversationsTotal: 1, documentsTotal: 1 },
    });
    expect(await listProjectDocuments(actor, id)).toMatchObject([{ name: "barème.txt" }]);
    await changeProject(actor, { id, title: "Renommé" });
    expect((await bring(actor, bytes)).report).toMatchObject({
      added: { projects: 0 },
      skipped: expect.arrayContaining([{ what: "project", name: "Déplacements", reason: "known" }]),
    });
    expect(await listProjects(actor)).toMatchObject([{ id, title: "Renommé" }]);
  });

  it("come back to where they were taken from, with the conversations that were kept", async () => {
    const { actor, id } = await anAgentWithProject();
    const { bytes } = await takeEverything(actor);
    await deleteProject(actor, { id, conversations: "keep" });
    expect((await bring(actor, bytes)).report).toMatchObject({ added: { conversations: 0, projects: 1 } });
    const [project] = await listProjects(actor);
    expect(project?.id).not.toBe(id);
    expect((await listProjectConversations(actor, project?.id ?? "")).conversations).toHaveLength(1);
  });

  it("take no conversation out of the project where it is now", async () => {
    const { actor, id } = await anAgentWithProject();
    const { bytes } = await takeEverything(actor);
    const held = (await listProjectConversations(actor, id)).conversations.map((conversation) => conversation.id);
    const other = await createProject(actor, { title: "Autre", colour: "red" });
    await moveConversations(actor, { ids: held, projectId: other });
    await deleteProject(actor, { id, conversations: "keep" });
    await bring(actor, bytes);
    expect((await listProjectConversations(actor, other)).conversations).toHaveLength(held.length);
  });

  it("are left aside beyond the number that one may have, and the rest is not", async () => {
    const { bytes } = await takeEverything((await anAgentWithProject()).actor);
    const actor = await anActor();
    const full = Array.from({ length: PROJECTS_MAX }, () => ({ id: newId(), ownerId: actor.agentId }));
    await asMember(actor.agentId, (tx) =>
      tx.insert(projects).values(full.map((row) => ({ ...row, title: "Un de plus", colour: "grey" as const }))),
    );
    expect((await bring(actor, bytes)).report).toMatchObject({
      added: { conversations: 1, projects: 0 },
      skipped: [{ what: "project", name: "Déplacements", reason: "tooManyProjects" }],
    });
  });

  it.each<[string, (project: Record<string, unknown>) => unknown]>([
    ["a colour that is none", (project) => ({ ...project, colour: "url(javascript:alert(1))" })],
    ["instructions that never end", (project) => ({ ...project, instructions: "mot ".repeat(1_001) })],
    ["an identifier that is none", (project) => ({ ...project, id: "'; drop table projects; --" })],
    ["no title", (project) => ({ ...project, title: " " })],
    ["what is no project", () => "un projet"],
  ])("of an archive with %s, that project is left aside", async (_what, change) => {
    const parts = await partsOf((await takeEverything((await anAgentWithProject()).actor)).id);
    const [project] = indexOf(parts).projects;
    const actor = await anActor();
    const { state, report } = await bring(actor, withIndex(parts, { projects: [change(project)] }));
    expect({ state, report }).toMatchObject({
      state: "done",
      report: { added: { conversations: 1, projects: 0 }, skipped: [{ what: "project", reason: "unreadable" }] },
    });
    expect(await listProjects(actor)).toEqual([]);
  });

  it("name nothing of someone else's, whatever an archive says", async () => {
    const { actor: owner, id } = await anAgentWithProject();
    const [theirs] = await listProjectDocuments(owner, id);
    const held = (await listProjectConversations(owner, id)).conversations.map((conversation) => conversation.id);
    const parts = await partsOf((await takeEverything(await anActor())).id);
    const project = { id, title: "Vol", colour: "red", createdAt: "2026-07-04T10:00:00.000Z" };
    const actor = await anActor();
    const projects = [{ ...project, documents: [theirs?.id], conversations: held }];
    expect((await bring(actor, withIndex(parts, { projects }))).report).toMatchObject({ added: { projects: 1 } });
    const [made] = await listProjects(actor);
    expect(await getProject(actor, made?.id ?? "")).toMatchObject({ conversationsTotal: 0, documentsTotal: 0 });
    expect(await getProject(owner, id)).toMatchObject({
      title: "Déplacements",
      conversationsTotal: 1,
      documentsTotal: 1,
    });
  });

  it("settings come back where nothing was chosen since, and never what lets more leave", async () => {
    const source = await anActor();
    const chosen = { theme: "dark" as const, instructions: "Soyez bref.", shortcutsEnabled: false };
    const risky = { searchesAlone: true, analysisAllowed: true };
    await asMember(source.agentId, (tx) =>
      tx
        .update(agents)
        .set({ ...chosen, ...risky, confirmsSearches: true })
        .where(eq(agents.id, source.agentId)),
    );
    const { bytes } = await takeEverything(source);
    const actor = await anActor({ instructions: "Les miennes." });
    expect((await bring(actor, bytes)).report?.settings).toEqual(["theme", "shortcutsEnabled", "confirmsSearches"]);
    const [now] = await asMember(actor.agentId, (tx) => tx.select().from(agents));
    expect(now).toMatchObject({
      ...{ theme: "dark", instructions: "Les miennes.", shortcutsEnabled: false, confirmsSearches: true },
      ...{ searchesAlone: false, analysisAllowed: false, modelId: null },
    });
    expect((await bring(actor, bytes)).report?.settings).toEqual([]);
    const parts = await partsOf((await takeEverything(source)).id);
    const hostile = { theme: "rose", instructions: "mot ".repeat(1_000), modelId: "un-autre", shortcutsEnabled: "non" };
    const other = await anActor();
    expect((await bring(other, withIndex(parts, { settings: hostile }))).report?.settings).toEqual([]);
  });
});
