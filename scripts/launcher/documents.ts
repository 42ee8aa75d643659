import { join } from "node:path";
import type { Settings } from "../../lib/env.ts";
import type { PortRow } from "./table.ts";

/** Where files are kept, and who looks for viruses in them. */
export function documentRows({ DATA_DIR, CLAMD_URL, S3_ENDPOINT, S3_BUCKET }: Settings): PortRow[] {
  return [
    S3_ENDPOINT
      ? { port: "Fichiers", servedBy: "S3", data: `${new URL(S3_ENDPOINT).host}/${S3_BUCKET}`, forTheRealOne: "✓" }
      : { port: "Fichiers", servedBy: "dossier local", data: join(DATA_DIR, "files"), forTheRealOne: "✓" },
    CLAMD_URL
      ? { port: "Antivirus", servedBy: "clamd", data: new URL(CLAMD_URL).host, forTheRealOne: "✓" }
      : { port: "Antivirus", servedBy: "aucun", data: "aucune", forTheRealOne: "CLAMD_URL" },
  ];
}
