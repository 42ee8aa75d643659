import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { listPages } from "@/lib/pages/queries";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { filesHolding, tablesHolding } from "@/tests/support/everything";
import { pdfWriter, show } from "@/tests/support/pdf-writer";
import { setTestSettings } from "@/tests/support/settings";
import { markUnread } from "./mutations";
import { findFileId, getDocument, getOriginal } from "./queries";
import { readWithPassword } from "./read-again";
import { startReadingFiles } from "./read-files";

const folder = mkdtempSync(join(tmpdir(), "read-again-test-"));
setTestSettings({ DATA_DIR: folder, LLM_BASE_URL: "http://127.0.0.1:9/v1", LLM_MODEL: "modele" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (["log", "info", "warn", "error"] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation(() => {}),
);

function locked(password: string, pages = 1): Buffer {
  const writer = pdfWriter();
  for (let page = 0; page < pages; page += 1) writer.page({ content: show(60, 700, "Bordereau") });
  return writer.bytes({ user: password, owner: "proprietaire" });
}

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  it("opens a protected document with its password, right or wrong, which is kept nowhere", async () => {
    const actor = await anActor();
    const [right, wrong] = ["zqxbonmotdepasse", "zqxfauxmotdepasse"];
    const document = await settled(actor, await send(actor, "bordereau.pdf", locked(right)));
    expect(document).toMatchObject({ state: "refused", failureCode: "password_needed" });
    expect(await readWithPassword(actor, document.id, wrong)).toMatchObject({ failureCode: "password_wrong" });
    expect(await readWithPassword(actor, document.id, right)).toMatchObject({ state: "ready", failureCode: null });
    const { fileId } = await getOriginal(actor, document.id);
    expect((await listPages(actor, fileId, 1_000))[0]?.text).toBe("Bordereau");

    // What looks for it finds what is kept.
    expect(Object.keys(await tablesHolding("bordereau"))).not.toEqual([]);
    for (const password of [right, wrong]) {
      expect(await tablesHolding(password)).toEqual({});
      expect(filesHolding(folder, password)).toEqual([]);
      expect(JSON.stringify(written.map(({ mock }) => mock.calls))).not.toContain(password);
    }
  });

  it("reads it though a job without the password says meanwhile that it needs one", async () => {
    const actor = await anActor();
    const document = await settled(actor, await send(actor, "dossier.pdf", locked("sesame", 200)));
    const reading = readWithPassword(actor, document.id, "sesame");
    await vi.waitFor(async () => expect((await getDocument(actor, document.id)).state).not.toBe("refused"));
    const fileId = await findFileId(actor.agentId, document.id);
    await markUnread(actor.agentId, String(fileId), "refused", "password_needed");
    expect(await getDocument(actor, document.id)).toMatchObject({ failureCode: "password_needed" });
    expect(await reading).toMatchObject({ state: "ready", failureCode: null, pages: 200 });
  });
});
