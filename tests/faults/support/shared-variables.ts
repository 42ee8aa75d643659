import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { replaceDatabase } from "@/db/client";
import { onPostgres } from "@/tests/support/database";

/** A database and a folder that every process of a test is given; the product's code in this process uses the database too. */
export async function sharedVariables() {
  const { opened, url, drop } = await onPostgres();
  const folder = mkdtempSync(join(tmpdir(), "assistant-shared-"));
  replaceDatabase(opened);
  onTestFinished(async () => {
    replaceDatabase(undefined);
    await drop();
    rmSync(folder, { recursive: true, force: true });
  });
  const NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = randomBytes(32).toString("base64");
  return { DATABASE_URL: url, DATA_DIR: folder, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY };
}
