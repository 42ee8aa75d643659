import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import type { Settings } from "../../lib/env.ts";
import type { StorageFault } from "../../lib/providers/file-storage.errors.ts";
import { Refusal } from "./refusal.ts";

const PROBE = "essai";
const FAULTS: Record<StorageFault, string> = {
  unreachable: "ne répond pas à l’adresse de S3_ENDPOINT : vérifiez l’adresse et le réseau.",
  refused:
    "refuse la connexion : vérifiez S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION, et que cette clé peut lire, écrire, supprimer et lister dans le bucket.",
  no_bucket: "ne connaît pas le bucket de S3_BUCKET : créez-le, ou vérifiez S3_PATH_STYLE.",
  wrong_region: "attend une autre région : vérifiez S3_REGION.",
  failed: "répond par une erreur : vérifiez S3_ENDPOINT et S3_PATH_STYLE.",
};

/** Refuses a storage in which a file cannot be written, read, and removed: what is sent would be lost. */
export async function requireFileStorage(settings: Settings): Promise<void> {
  // Loaded only by those who use it: most starts have no S3.
  const { s3OptionsOf } = await import("../../lib/providers/file-storage.s3.options.ts");
  const options = s3OptionsOf(settings);
  if (!options) return;
  const { createS3Storage } = await import("../../lib/providers/file-storage.s3.ts");
  const storage = createS3Storage({ ...options, patience: { attempts: 2, answerMs: 10_000, silenceMs: 10_000 } });
  const key = `start-check-${randomUUID()}`;
  try {
    await storage.put(key, probe(), PROBE.length);
    const read = await text(await storage.open(key));
    await storage.remove(key);
    if (read !== PROBE) throw new Refusal("Le stockage S3 ne rend pas ce qu’on lui confie.");
    await requireMissing(storage.open(key));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const fault = error instanceof Error && "fault" in error ? (error.fault as StorageFault) : "failed";
    throw new Refusal(`Le stockage S3 ${FAULTS[fault]}`);
  }
}

/** A key that may not list is told « forbidden » of a file that is not there. */
async function requireMissing(opened: Promise<unknown>): Promise<void> {
  const error = await opened.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Error && error.name === "FileMissingError") return;
  throw new Refusal(
    "Le stockage S3 ne dit pas qu’un fichier manque : donnez à la clé de S3_ACCESS_KEY_ID le droit de lister le bucket (s3:ListBucket).",
  );
}

async function* probe(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(PROBE);
}
