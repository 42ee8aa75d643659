import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";

const LINES_MAX = 300;
const VOCABULARY = ["schema", "rules", "queries", "mutations", "maintenance", "actions"];
/** Folders of lib/ whose files are named otherwise: infrastructure, the domains that name files by verb, and the formats of export. */
const NAMED_FREELY = [
  "assistant",
  "auth",
  "documents",
  "errors",
  "export",
  "extraction",
  "http",
  "i18n",
  "markdown",
  "process",
  "providers",
  "telemetry",
  "web",
];
const JUNK_DRAWER = /(^|\/)(utils?|helpers?|misc|common)(\.|\/|$)/;

const files = globSync("{app,components,lib,db,dev,scripts,bench,tests}/**/*.{ts,tsx,mjs,css}")
  .concat(globSync("*.{ts,mjs,cjs}"))
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file !== "next-env.d.ts");

const complaints = files.flatMap((file) => {
  const found: string[] = [];
  const [root, folder = "", ...rest] = file.split("/");
  const isTest = /\.test\.tsx?$/.test(file);
  if (root === "lib" && rest.length > 0 && !isTest && !NAMED_FREELY.includes(folder)) {
    const name = rest.join("/").replace(/\.tsx?$/, "");
    if (!VOCABULARY.includes(name)) found.push(`${file}: "${name}" is not one of ${VOCABULARY.join(", ")}`);
  }
  if (JUNK_DRAWER.test(file)) found.push(`${file}: name it after what it does`);
  if (/[A-Z_]/.test(basename(file))) found.push(`${file}: file names are kebab-case`);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n").length;
  if (lines > LINES_MAX) found.push(`${file}: ${lines} lines, at most ${LINES_MAX}`);
  return found;
});

if (files.length === 0) complaints.push("no source file was found: run this from the root of the project");
for (const complaint of complaints) console.error(complaint);
if (complaints.length === 0) console.log(`structure: ${files.length} files follow the rules`);
process.exitCode = complaints.length > 0 ? 1 : 0;
