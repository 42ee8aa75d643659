import { existsSync } from "node:fs";
import { z } from "zod";
import { readSettings, type Settings } from "../../lib/env.ts";
import { Refusal } from "./refusal.ts";

/** The settings of the environment, completed by `.env`; every wrong variable is named, one a line. */
export function requireSettings(): Settings {
  if (existsSync(".env")) process.loadEnvFile(".env");
  z.config(z.locales.fr());
  const result = readSettings(process.env);
  if (!result.ok) throw new Refusal(result.problems.join("\n"));
  return result.settings;
}

export const isProConnectSet = ({ PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET }: Settings) =>
  Boolean(PROCONNECT_ISSUER && PROCONNECT_CLIENT_ID && PROCONNECT_CLIENT_SECRET);
