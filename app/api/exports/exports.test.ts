import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { addTransfer, finishTransfer } from "@/lib/export/mutations";
import { newId } from "@/lib/id";
import { fileStorage } from "@/lib/providers/file-storage";
import { closeReadingPool } from "@/lib/providers/reading";
import { anActor } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { aSignedInCookie } from "@/tests/support/sessions";
import { setTestSettings } from "@/tests/support/settings";
import { POST as receive } from "../imports/route";
import { GET } from "./[id]/route";
import { POST } from "./route";

const folder = mkdtempSync(join(tmpdir(), "exports-test-"));
const { APP_URL } = setTestSettings({ DATA_DIR: folder });
afterAll(() => {
  closeReadingPool();
  rmSync(folder, { recursive: true, force: true });
});
vi.spyOn(console, "warn").mockImplementation(() => {});

const headersOf = (cookie: string | null, site = "same-origin"): Record<string, string> => ({
  "sec-fetch-site": site,
  ...(cookie && { cookie }),
});

function post(cookie: string | null, body: unknown, site?: string): Promise<Response> {
  const headers = headersOf(cookie, site);
  return inRequest(
    new Request(`${APP_URL}/api/exports`, { method: "POST", headers, body: JSON.stringify(body) }),
    POST,
  );
}
const get = (cookie: string | null, id: string): Promise<Response> =>
  inRequest(new Request(`${APP_URL}/api/exports/${id}`, { headers: headersOf(cookie) }), (request) =>
    GET(request, { params: Promise.resolve({ id }) }),
  );

onEachDatabase(() => {
  describe("POST /api/exports", () => {
    it.each(["docx", "odt", "pdf", "markdown", "json"])("gives a conversation to its owner as %s", async (format) => {
      const owner = await anActor();
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const cookie = await aSignedInCookie(owner);
      for (const what of [
        { kind: "conversation", conversationId },
        { kind: "message", conversationId, messageId },
        { kind: "selection", conversationIds: [conversationId] },
      ]) {
        const response = await post(cookie, { what, format });
        expect(response.status).toBe(200);
        expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="Une question\./);
        expect(response.headers.get("cache-control")).toBe("no-store");
        expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get("content-length")));
      }
    });

    it("refuses visitors, other sites, others, and what makes no sense", async () => {
      const { conversationId } = await aConversation(await anActor());
      const cookie = await aSignedInCookie(await anActor({ role: "administrator" }));
      const wanted = { what: { kind: "conversation", conversationId }, format: "docx" };
      expect((await post(null, wanted)).status).toBe(401);
      expect((await post(cookie, wanted, "cross-site")).status).toBe(403);
      expect((await post(cookie, wanted)).status).toBe(404);
      expect((await post(cookie, { ...wanted, format: "exe" })).status).toBe(400);
      const tooMany = { kind: "selection", conversationIds: Array.from({ length: 201 }, newId) };
      expect((await post(cookie, { ...wanted, what: tooMany })).status).toBe(400);
    });
  });

  describe("GET /api/exports/{id}", () => {
    it("gives the bytes to their owner alone, and nothing of an import", async () => {
      const owner = await anActor();
      const [id, imported] = [newId(), newId()];
      for (const [transfer, kind] of [
        [id, "everything"],
        [imported, "import"],
      ] as const) {
        await addTransfer(owner, { id: transfer, kind });
        await fileStorage().put(transfer, [Buffer.from("octets")] as unknown as AsyncIterable<Uint8Array>, 100);
        await finishTransfer(owner.agentId, transfer, { fileName: "archive.zip", sizeBytes: 6 });
      }
      const cookie = await aSignedInCookie(owner);
      const response = await get(cookie, id);
      expect([response.status, await response.text()]).toEqual([200, "octets"]);
      expect(response.headers.get("content-type")).toBe("application/zip");
      expect((await get(cookie, imported)).status).toBe(404);
      expect((await get(cookie, "x")).status).toBe(404);
      expect((await get(await aSignedInCookie(await anActor()), id)).status).toBe(404);
      expect((await get(null, id)).status).toBe(401);
    });
  });

  it("POST /api/imports refuses visitors and other sites before it reads a byte", async () => {
    const send = (cookie: string | null, site: string) =>
      inRequest(
        new Request(`${APP_URL}/api/imports`, { method: "POST", headers: headersOf(cookie, site), body: "x" }),
        receive,
      );
    expect((await send(null, "same-origin")).status).toBe(401);
    expect((await send(await aSignedInCookie(await anActor()), "cross-site")).status).toBe(403);
  });
});
