import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asMember, openDatabase } from "@/db/client";
import { documents, filePages, files, passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { startReadingFiles } from "@/lib/documents/read-files";
import { removeUndoably, undoRemoval } from "@/lib/documents/remove-document";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { setTestSettings } from "@/tests/support/settings";
import { listLibrary } from "./queries";

const folder = mkdtempSync(join(tmpdir(), "library-test-"));
setTestSettings({ DATA_DIR: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const storedFiles = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());

/** What the actor's documents left in the database, besides their names. */
const leftOf = (actor: Actor) =>
  asMember(actor.agentId, async (tx) => [
    ...(await tx.select({ id: files.id }).from(files)),
    ...(await tx.select({ id: filePages.fileId }).from(filePages)),
    ...(await tx.select({ id: passages.fileId }).from(passages)),
  ]);

/** As if all that was removed had been so a minute earlier. */
async function aMinuteLater(actor: Actor): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx.update(documents).set({ deletedAt: sql`${documents.deletedAt} - interval '1 minute'` }),
  );
  const { db } = await openDatabase();
  await db.execute(
    sql`update jobs.job set start_after = start_after - interval '1 minute' where name = 'remove-document'`,
  );
}

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  it("leaves nothing of a removed document once that cannot be undone, and everything of one that was restored", async () => {
    const actor = await anActor();
    const [removed, restored] = await Promise.all([
      send(actor, "supprimé.txt", "Le mot caché"),
      send(actor, "rendu.txt", "Le mot gardé"),
    ]);
    await Promise.all([settled(actor, removed), settled(actor, restored)]);
    const before = storedFiles().length;
    await removeUndoably(actor, removed.id);
    await removeUndoably(actor, restored.id);
    await undoRemoval(actor, restored.id);
    expect((await listLibrary(actor)).documents.map(({ id }) => id)).toEqual([restored.id]);
    expect(storedFiles()).toHaveLength(before);
    expect(await leftOf(actor)).toHaveLength(6);
    await aMinuteLater(actor);
    await expect.poll(() => leftOf(actor), { timeout: 10_000 }).toHaveLength(3);
    await expect.poll(storedFiles).toHaveLength(before - 1);
    expect((await listLibrary(actor, { query: "gardé" })).documents).toHaveLength(1);
  });
});
