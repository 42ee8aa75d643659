import { join } from "node:path";
import type { Settings } from "../../lib/env.ts";
import type { PortRow } from "./table.ts";

/** Where files are kept, and who looks for viruses in them. */
export function documentRows({ DATA_DIR, CLAMD_URL }: Settings): PortRow[] {
  return [
    { port: "Fichiers", servedBy: "dossier local", data: join(DATA_DIR, "files"), forTheRealOne: "✓" },
    CLAMD_URL
      ? { port: "Antivirus", servedBy: "clamd", data: new URL(CLAMD_URL).host, forTheRealOne: "✓" }
      : { port: "Antivirus", servedBy: "aucun", data: "aucune", forTheRealOne: "CLAMD_URL" },
  ];
}
