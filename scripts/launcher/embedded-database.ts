import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FolderInUseError, holdFolder } from "../../db/folder-lock.ts";
import { migrate } from "../../db/migrate.ts";
import { openEmbedded } from "../../db/open.ts";
import { Refusal } from "./refusal.ts";
import { admitTestAgents } from "./test-agents.ts";

/** An application whose launcher was killed needs a moment to notice it and to let go. */
const PATIENCE_MS = 3_000;

export const embeddedFolder = (dataDir: string) => join(dataDir, "db");

/**
 * Brings the embedded database up to date, then keeps its folder from other processes until the function it returns
 * is called: the application opens it right after.
 */
export async function prepareEmbeddedDatabase(
  dataDir: string,
  { testAgents }: { testAgents: boolean },
): Promise<() => void> {
  const folder = embeddedFolder(dataDir);
  const database = await patiently(folder, () => openEmbedded(folder));
  try {
    await migrate(database);
    if (testAgents) await admitTestAgents(database);
  } catch (error) {
    throw new Refusal(`Les migrations de la base embarquée ${resolve(folder)} ont échoué : ${reason(error)}`);
  } finally {
    await database.close();
  }
  return holdFolder(folder);
}

async function patiently<T>(folder: string, open: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ; await wait(250)) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof FolderInUseError)) {
        throw new Refusal(`La base embarquée ${resolve(folder)} ne s’ouvre pas : ${reason(error)}`);
      }
      if (Date.now() > end) {
        throw new Refusal(
          `La base embarquée ${resolve(folder)} est déjà utilisée par une autre instance de l’application : arrêtez-la, ou choisissez un autre dossier avec la variable DATA_DIR.`,
        );
      }
    }
  }
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
