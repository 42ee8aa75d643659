import { existsSync } from "node:fs";
import { z } from "zod";
import { hasVariable, readSettings, type Settings } from "../../lib/env.ts";
import type { ModelsFile } from "../../lib/models/schema.ts";
import { readModelsFile } from "../../lib/providers/models-file.ts";
import { Refusal } from "./refusal.ts";

/** What the environment does not say already is read in `.env`: when the application is built as when it is started. */
export function completeEnvironment(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** The settings of the environment, completed by `.env`; every wrong variable is named, one a line. */
export function requireSettings(): Settings {
  completeEnvironment();
  z.config(z.locales.fr());
  const result = readSettings(process.env);
  if (!result.ok) throw new Refusal(result.problems.join("\n"));
  return result.settings;
}

export const isProConnectSet = ({ PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET }: Settings) =>
  Boolean(PROCONNECT_ISSUER && PROCONNECT_CLIENT_ID && PROCONNECT_CLIENT_SECRET);

/** What `MODELS_FILE` describes, null when there is none; every mistake in it is named, one a line. */
export function requireModels({ MODELS_FILE }: Settings): ModelsFile | null {
  if (!MODELS_FILE) return null;
  const result = readModelsFile(MODELS_FILE, hasVariable);
  if (!result.ok) throw new Refusal(result.problems.join("\n"));
  return result.file;
}
