import { describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { addDocument, markChecked, savePages } from "@/lib/documents/mutations";
import { newId } from "@/lib/id";
import { deleteDocument } from "@/lib/library/mutations";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { aSignedInCookie } from "@/tests/support/sessions";
import { setTestSettings } from "@/tests/support/settings";
import { GET } from "./[id]/pages/[number]/route";

const { APP_URL } = setTestSettings();
vi.spyOn(console, "warn").mockImplementation(() => {});

const limits = { fileBytesMax: 1_000, perMessageMax: 5, perAgentMax: 5, agentBytesMax: 5_000 };

async function aNote(owner: Actor): Promise<string> {
  const id = newId();
  const file = { id: newId(), sha256: newId(), extension: "txt", sizeBytes: 10 };
  const { fileId } = await addDocument(owner, { id, name: "note.txt" }, file, limits);
  await markChecked(owner.agentId, fileId);
  const pages = [{ kind: "section" as const, label: null, text: "Texte" }];
  await savePages(owner.agentId, fileId, { type: "txt", language: "fr", outline: [], warnings: [], pages });
  return id;
}

async function read(cookie: string | null, id: string, number: string) {
  const request = new Request(`${APP_URL}/api/documents/${id}/pages/${number}`, cookie ? { headers: { cookie } } : {});
  const response = await inRequest(request, (incoming) => GET(incoming, { params: Promise.resolve({ id, number }) }));
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: await response.json() };
}

onEachDatabase(() => {
  describe("GET /api/documents/{id}/pages/{number}", () => {
    it("gives a page to its owner, and its name alone once the document is deleted", async () => {
      const owner = await anActor();
      const cookie = await aSignedInCookie(owner);
      const id = await aNote(owner);
      expect(await read(cookie, id, "1")).toEqual({
        status: 200,
        body: {
          isDeleted: false,
          name: "note.txt",
          type: "txt",
          kind: "section",
          label: null,
          text: "Texte",
          isRecognised: false,
          size: null,
          runs: null,
          pagesTotal: 1,
        },
      });
      await deleteDocument(owner, id);
      expect(await read(cookie, id, "1")).toEqual({ status: 200, body: { isDeleted: true, name: "note.txt" } });
    });

    it.each([
      ["another agent", async () => aSignedInCookie(await anActor()), 404, "document_not_found"],
      [
        "an administrator",
        async () => aSignedInCookie(await anActor({ role: "administrator" })),
        404,
        "document_not_found",
      ],
      ["a visitor", async () => null, 401, "not_signed_in"],
    ])("gives nothing to %s", async (_who, create, status, code) => {
      const id = await aNote(await anActor());
      const said = await read(await create(), id, "1");
      expect(said).toMatchObject({ status, body: { code } });
      expect(JSON.stringify(said.body)).not.toMatch(/note\.txt|Texte/);
    });

    it.each([
      ["2", 404, "document_not_found"],
      ["0", 400, "invalid_input"],
      ["-1", 400, "invalid_input"],
      ["1.5", 400, "invalid_input"],
      ["un", 400, "invalid_input"],
      ["9999999999999", 400, "invalid_input"],
    ])("answers for the page « %s » of a document of one", async (number, status, code) => {
      const owner = await anActor();
      expect(await read(await aSignedInCookie(owner), await aNote(owner), number)).toMatchObject({
        status,
        body: { code },
      });
    });

    it("refuses what is no identifier", async () => {
      const cookie = await aSignedInCookie(await anActor());
      expect(await read(cookie, "1%27", "1")).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    });
  });
});
