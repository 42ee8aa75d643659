import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = join("node_modules", "pdfjs-dist");
const SERVED = join("public", "pdfjs");
const WORKER = join("legacy", "build", "pdf.worker.min.mjs");
/** Without them, the text of some fonts and the images of many scans are not drawn. */
const FOLDERS = ["cmaps", "standard_fonts", "wasm", "iccs"];

/** Copies what the browser's pdf.js fetches by itself to where it is served, under the number of its version. */
export function copyViewerFiles(): void {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { version: string };
  const target = join(SERVED, version);
  if (existsSync(target)) return;
  rmSync(SERVED, { recursive: true, force: true });
  // Whole or not at all: what is interrupted is done again.
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  cpSync(join(PACKAGE, WORKER), join(unfinished, "pdf.worker.min.mjs"));
  for (const folder of FOLDERS) cpSync(join(PACKAGE, folder), join(unfinished, folder), { recursive: true });
  renameSync(unfinished, target);
}
