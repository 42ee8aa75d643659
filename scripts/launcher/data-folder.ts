import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Refusal } from "./refusal.ts";

/** Makes the folder when it is missing, and proves that this process may write in it. */
export function requireWritableFolder(folder: string): void {
  const probe = join(folder, `.write-${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, "");
    rmSync(probe);
  } catch {
    throw new Refusal(
      `Le dossier de données ${resolve(folder)} n’est pas accessible en écriture : corrigez ses droits, ou choisissez un autre dossier avec la variable DATA_DIR.`,
    );
  }
}

/** The secret that signs sessions on a machine that was given none: made once, readable by its owner alone. */
export function developmentSecret(folder: string): string {
  const path = join(folder, "auth-secret");
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64url"), { mode: 0o600 });
  const secret = readFileSync(path, "utf8").trim();
  if (secret.length < 32) {
    throw new Refusal(`Le secret de session ${resolve(path)} est incomplet : supprimez ce fichier, il sera recréé.`);
  }
  return secret;
}
