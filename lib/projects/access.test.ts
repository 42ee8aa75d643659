import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { projectDocuments } from "@/db/schema/documents";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { markSeen } from "@/lib/conversations/mutations";
import { getConversation, listConversations, listProjectConversations } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { stopJobs } from "@/lib/jobs/mutations";
import { hideDocument } from "@/lib/library/mutations";
import { closeTemporary } from "@/lib/temporary/mutations";
import { listTrash } from "@/lib/trash/queries";
import { endTurn } from "@/lib/turns/mutations";
import { anActor, someoneElse } from "@/tests/support/actors";
import { anOpenedTurn, aRunningTurn, deleteConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { send } from "@/tests/support/documents";
import { setTestSettings } from "@/tests/support/settings";
import { aTemporaryConversation } from "@/tests/support/temporary";
import { aQuestion } from "@/tests/support/turns";
import {
  addImportedProject,
  addProjectDocuments,
  changeProject,
  createProject,
  deleteProject,
  moveConversations,
  removeProjectDocument,
} from "./mutations";
import { getProject, listAllProjects, listCountedProjects, listProjectDocuments, listProjects } from "./queries";
import { PROJECT_DOCUMENTS_MAX, PROJECTS_MAX } from "./rules";
import { newProjectInput, projectInput } from "./schema";

setTestSettings({});
const notFound = { code: "project_not_found" };
const aProject = { title: "Loi de finances", colour: "teal" as const };

const idsOf = (page: { conversations: { id: string }[] }) => page.conversations.map(({ id }) => id);
const aConversation = async (actor: Actor) => (await aRunningTurn(actor)).conversationId;

onEachDatabase(() => {
  afterAll(() => stopJobs());

  describe("the owner", () => {
    it("makes projects, listed as French sorts them, and changes one field without touching the others", async () => {
      const actor = await anActor();
      for (const title of ["Zone", "été", "Étage", "Eau"]) await createProject(actor, { ...aProject, title });
      const [first, ...others] = await listProjects(actor);
      expect([first, ...others].map((project) => project?.title)).toEqual(["Eau", "Étage", "été", "Zone"]);
      const id = first?.id ?? "";
      await Promise.all([
        changeProject(actor, { id, title: "Eaux" }),
        changeProject(actor, { id, colour: "red" }),
        changeProject(actor, { id, instructions: "Répondez en trois lignes." }),
      ]);
      expect(await getProject(actor, id)).toEqual({
        ...{ id, title: "Eaux", colour: "red", instructions: "Répondez en trois lignes." },
        ...{ conversationsTotal: 0, documentsTotal: 0 },
      });
      await expect(changeProject(actor, { id: newId(), title: "Autre" })).rejects.toMatchObject(notFound);
    });

    it("keeps so many projects at most, even when the last ones are made at once", async () => {
      const actor = await anActor();
      await asMember(actor.agentId, (tx) =>
        tx
          .insert(projects)
          .values(
            Array.from({ length: PROJECTS_MAX - 1 }, () => ({ id: newId(), ownerId: actor.agentId, ...aProject })),
          ),
      );
      const made = await Promise.allSettled([1, 2, 3].map(() => createProject(actor, aProject)));
      const refused = made.filter(({ status }) => status === "rejected");
      expect(refused).toHaveLength(2);
      for (const one of refused) expect(one).toMatchObject({ reason: { code: "too_many_projects" } });
      expect(await listProjects(actor)).toHaveLength(PROJECTS_MAX);
    });

    it("moves conversations in and out, which leave the sidebar for the list of the project", async () => {
      const actor = await anActor();
      const id = await createProject(actor, aProject);
      const [one, two] = [await aConversation(actor), await aConversation(actor)];
      expect(await moveConversations(actor, { ids: [one, two, newId()], projectId: id })).toHaveLength(2);
      expect(idsOf(await listConversations(actor))).toEqual([]);
      expect(idsOf(await listProjectConversations(actor, id))).toEqual([two, one]);
      expect(await listProjects(actor)).toMatchObject([{ id, isRunning: true, unseenIds: [] }]);
      expect(await getConversation(actor, one)).toMatchObject({ projectId: id, project: { id, ...aProject } });
      await moveConversations(actor, { ids: [one], projectId: null });
      expect(idsOf(await listConversations(actor))).toEqual([one]);
      expect(await getProject(actor, id)).toMatchObject({ conversationsTotal: 1 });
      expect(await listCountedProjects(actor)).toEqual([{ id, ...aProject, conversationsTotal: 1, documentsTotal: 0 }]);
      await expect(moveConversations(actor, { ids: [one], projectId: newId() })).rejects.toMatchObject(notFound);
    });

    it("tells of two answers at most that were not seen, until they are", async () => {
      const actor = await anActor();
      const id = await createProject(actor, aProject);
      const ids: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        const turn = await aRunningTurn(actor, "Une question");
        await endTurn(actor.agentId, turn, { status: "completed" }, { parts: [], text: "" });
        ids.push(turn.conversationId);
      }
      await moveConversations(actor, { ids, projectId: id });
      const unseen = async () => (await listProjects(actor))[0]?.unseenIds ?? [];
      expect(ids).toEqual(expect.arrayContaining(await unseen()));
      expect(await unseen()).toHaveLength(2);
      for (const seen of ids.slice(1)) await markSeen(actor, seen);
      expect(await unseen()).toEqual(ids.slice(0, 1));
    });

    it("asks a first question in a project; in one that is gone, nothing is created", async () => {
      const actor = await anActor();
      const projectId = await createProject(actor, aProject);
      const asked = { ...aQuestion("Une question"), projectId };
      const { conversationId } = await anOpenedTurn(actor, asked);
      expect(idsOf(await listProjectConversations(actor, projectId))).toEqual([conversationId]);
      await deleteProject(actor, { id: projectId, conversations: "keep" });
      const late = { ...aQuestion("Une question"), projectId };
      await expect(anOpenedTurn(actor, late)).rejects.toMatchObject(notFound);
      expect(idsOf(await listConversations(actor))).toEqual([conversationId]);
    });

    it("deletes a project and keeps its conversations outside, those of the trash too", async () => {
      const actor = await anActor();
      const id = await createProject(actor, aProject);
      const [kept, trashed] = [await aConversation(actor), await aConversation(actor)];
      await moveConversations(actor, { ids: [kept, trashed], projectId: id });
      await deleteConversation(actor, trashed);
      await deleteProject(actor, { id, conversations: "keep" });
      expect(idsOf(await listConversations(actor))).toEqual([kept]);
      expect(idsOf(await listTrash(actor))).toEqual([trashed]);
      await expect(getProject(actor, id)).rejects.toMatchObject(notFound);
    });

    it("deletes a project with its conversations, which go to the trash", async () => {
      const actor = await anActor();
      const id = await createProject(actor, aProject);
      const [one, other] = [await aConversation(actor), await aConversation(actor)];
      await moveConversations(actor, { ids: [one], projectId: id });
      await deleteProject(actor, { id, conversations: "delete" });
      expect(idsOf(await listConversations(actor))).toEqual([other]);
      expect(idsOf(await listTrash(actor))).toEqual([one]);
    });

    it("never leaves a conversation in a project that is being deleted, nor loses it", async () => {
      const actor = await anActor();
      for (let round = 0; round < 10; round += 1) {
        const id = await createProject(actor, aProject);
        const moved = await aConversation(actor);
        await Promise.allSettled([
          moveConversations(actor, { ids: [moved], projectId: id }),
          deleteProject(actor, { id, conversations: "keep" }),
        ]);
        expect(await getConversation(actor, moved)).toMatchObject({ projectId: null });
      }
    });

    it("gives a project documents, each once, and up to a limit; a deleted one is no longer in it", async () => {
      const actor = await anActor();
      const id = await createProject(actor, aProject);
      const [note, annex] = [await send(actor, "note.txt", "Une note"), await send(actor, "annexe.txt", "Une annexe")];
      await addProjectDocuments(actor, { id, documentIds: [note.id] });
      await addProjectDocuments(actor, { id, documentIds: [annex.id, note.id] });
      expect(await listProjectDocuments(actor, id)).toMatchObject([{ name: "note.txt" }, { name: "annexe.txt" }]);
      await hideDocument(actor, annex.id);
      expect(await listProjectDocuments(actor, id)).toMatchObject([{ name: "note.txt" }]);
      expect(await getProject(actor, id)).toMatchObject({ documentsTotal: 1 });
      await expect(addProjectDocuments(actor, { id, documentIds: [annex.id] })).rejects.toMatchObject({
        code: "document_not_found",
      });
      const more = [];
      for (let n = 0; n < PROJECT_DOCUMENTS_MAX; n += 1) more.push((await send(actor, `${n}.txt`, "Une note")).id);
      await expect(addProjectDocuments(actor, { id, documentIds: more })).rejects.toMatchObject({
        code: "project_documents_too_many",
      });
      await addProjectDocuments(actor, { id, documentIds: more.slice(1) });
      await removeProjectDocument(actor, { id, documentId: note.id });
      expect(await getProject(actor, id)).toMatchObject({ documentsTotal: PROJECT_DOCUMENTS_MAX - 1 });
    });

    it("puts no temporary conversation in a project, nor does the database", async () => {
      const actor = await anActor();
      const projectId = await createProject(actor, aProject);
      const { conversationId: id } = await aTemporaryConversation(actor);
      const refused = { code: "conversation_temporary" };
      await expect(moveConversations(actor, { ids: [id], projectId })).rejects.toMatchObject(refused);
      const kept = await aConversation(actor);
      expect(await moveConversations(actor, { ids: [id, kept], projectId })).toEqual([kept]);
      const asked = aQuestion("Une question", { temporary: true, projectId });
      await expect(anOpenedTurn(actor, asked)).rejects.toMatchObject({ code: "invalid_input" });
      await expect(
        asMember(actor.agentId, (tx) => tx.update(conversations).set({ projectId }).where(eq(conversations.id, id))),
      ).rejects.toThrow();
    });

    it("keeps in a project a document that was sent for a temporary conversation", async () => {
      const actor = await anActor();
      const id = await createProject(actor, aProject);
      const document = await send(actor, "note.txt", "Une note");
      const sent = { documentIds: [document.id], newDocumentIds: [document.id] };
      const { conversationId } = await aTemporaryConversation(actor, sent);
      await addProjectDocuments(actor, { id, documentIds: [document.id] });
      await closeTemporary(actor, conversationId);
      expect(await listProjectDocuments(actor, id)).toMatchObject([{ name: "note.txt" }]);
    });

    it("may write what looks like SQL, emoji, and what the database cannot hold", async () => {
      const actor = await anActor();
      const id = await createProject(
        actor,
        newProjectInput.parse({ title: "\0'); drop table projects; -- 🇫🇷", colour: "blue" }),
      );
      await changeProject(actor, projectInput.parse({ id, instructions: "\0{{ 🇫🇷\ud800" }));
      expect(await getProject(actor, id)).toMatchObject({
        title: "'); drop table projects; -- 🇫🇷",
        instructions: "{{ 🇫🇷\ufffd",
      });
      expect(projectInput.safeParse({ id }).success).toBe(false);
    });
  });

  describe.each(someoneElse)("%s", (_who, make) => {
    let owner: Actor;
    let other: Actor;
    let id: string;
    let conversationId: string;
    let documentId: string;
    beforeAll(async () => {
      [owner, other] = [await anActor(), await make()];
      id = await createProject(owner, aProject);
      conversationId = await aConversation(owner);
      await moveConversations(owner, { ids: [conversationId], projectId: id });
      documentId = (await send(owner, "note.txt", "Une note")).id;
      await addProjectDocuments(owner, { id, documentIds: [documentId] });
    });

    it("sees nothing of a project", async () => {
      expect(await listProjects(other)).toEqual([]);
      expect(await listAllProjects(other)).toEqual([]);
      expect(await listAllProjects(owner)).toMatchObject([
        { id, documents: [documentId], conversations: [conversationId] },
      ]);
      expect(await listCountedProjects(other)).toEqual([]);
      await expect(getProject(other, id)).rejects.toMatchObject(notFound);
      expect(idsOf(await listProjectConversations(other, id))).toEqual([]);
      expect(await listProjectDocuments(other, id)).toEqual([]);
    });

    it("neither changes it, nor puts anything in it, nor takes anything out", async () => {
      await expect(changeProject(other, { id, title: "Vol" })).rejects.toMatchObject(notFound);
      await expect(deleteProject(other, { id, conversations: "delete" })).rejects.toMatchObject(notFound);
      const own = await aConversation(other);
      await expect(moveConversations(other, { ids: [own], projectId: id })).rejects.toMatchObject(notFound);
      expect(await moveConversations(other, { ids: [conversationId], projectId: null })).toEqual([]);
      const ownDocument = await send(other, "note.txt", "Une note");
      await expect(addProjectDocuments(other, { id, documentIds: [ownDocument.id] })).rejects.toMatchObject(notFound);
      const ownProject = await createProject(other, aProject);
      await expect(addProjectDocuments(other, { id: ownProject, documentIds: [documentId] })).rejects.toMatchObject({
        code: "document_not_found",
      });
      await removeProjectDocument(other, { id, documentId });
      const archived = { ...aProject, instructions: "", createdAt: new Date().toISOString(), originalId: newId() };
      const named = { documentIds: [documentId], conversationIds: [conversationId], broughtIds: [conversationId] };
      expect(await addImportedProject(other, { ...archived, ...named, id })).toBe("identifiersTaken");
      const brought = newId();
      expect(await addImportedProject(other, { ...archived, ...named, id: brought })).toBe("added");
      expect(await addImportedProject(other, { ...archived, ...named, id: brought })).toBe("known");
      expect(await getProject(other, brought)).toMatchObject({ conversationsTotal: 0, documentsTotal: 0 });
      await expect(anOpenedTurn(other, { ...aQuestion("Vol"), projectId: id })).rejects.toMatchObject(notFound);
      expect(await getProject(owner, id)).toMatchObject({ ...aProject, conversationsTotal: 1, documentsTotal: 1 });
    });

    it("is held by the database too, when our own conditions are left out", async () => {
      await asMember(other.agentId, (tx) => tx.update(projects).set({ title: "Vol" }));
      await asMember(other.agentId, (tx) => tx.delete(projectDocuments));
      const own = await aConversation(other);
      await expect(
        asMember(other.agentId, (tx) =>
          tx.update(conversations).set({ projectId: id }).where(eq(conversations.id, own)),
        ),
      ).rejects.toThrow();
      expect(
        await asMember(other.agentId, (tx) => tx.select({ n: count() }).from(projects).where(eq(projects.id, id))),
      ).toEqual([{ n: 0 }]);
      expect(await getProject(owner, id)).toMatchObject({ ...aProject, documentsTotal: 1 });
    });
  });
});
