import { join } from "node:path";
import type { Settings } from "../../lib/env.ts";
import type { PortRow } from "./table.ts";

/** Where files are kept, who looks for viruses in them, and who reads those that are images. */
export function documentRows({ DATA_DIR, CLAMD_URL, S3_ENDPOINT, S3_BUCKET, ...settings }: Settings): PortRow[] {
  return [
    S3_ENDPOINT
      ? { port: "Fichiers", servedBy: "S3", data: `${new URL(S3_ENDPOINT).host}/${S3_BUCKET}`, forTheRealOne: "✓" }
      : { port: "Fichiers", servedBy: "dossier local", data: join(DATA_DIR, "files"), forTheRealOne: "✓" },
    CLAMD_URL
      ? { port: "Antivirus", servedBy: "clamd", data: new URL(CLAMD_URL).host, forTheRealOne: "✓" }
      : { port: "Antivirus", servedBy: "aucun", data: "aucune", forTheRealOne: "CLAMD_URL" },
    recognitionRow(settings),
  ];
}

function recognitionRow({
  OCR_BASE_URL,
  OCR_MODEL,
  OCR_HOSTING,
}: Pick<Settings, `OCR_${"BASE_URL" | "MODEL" | "HOSTING"}`>): PortRow {
  const port = "Texte des images";
  if (!OCR_BASE_URL) return { port, servedBy: "tesseract, sur cette machine", data: "aucune", forTheRealOne: "✓" };
  const { host } = new URL(OCR_BASE_URL);
  return { port, servedBy: `${OCR_MODEL}, à défaut tesseract`, data: OCR_HOSTING ?? host, forTheRealOne: "✓" };
}
