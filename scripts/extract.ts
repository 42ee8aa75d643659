import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { createReadingPool } from "../lib/extraction/reading-pool.ts";
import { readWhole, textOf, type WholeReading } from "./extraction/read-whole.ts";

const USAGE = "Usage : npm run extract -- --out DOSSIER FICHIER…";

class Misuse extends Error {}

try {
  const { out, files } = readArguments();
  mkdirSync(out, { recursive: true });
  await extractAll(out, files);
} catch (error) {
  console.error(error instanceof Misuse ? `${error.message} ${USAGE}` : `L’extraction a échoué : ${String(error)}`);
  process.exitCode = 1;
}

function readArguments(): { out: string; files: string[] } {
  const { values, positionals, tokens } = parseArgs({
    options: { out: { type: "string" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const unknown = tokens.find((token) => token.kind === "option" && token.name !== "out");
  if (unknown?.kind === "option") throw new Misuse(`L’option « ${unknown.rawName} » est inconnue.`);
  if (typeof values.out !== "string" || values.out === "") throw new Misuse("Il manque le dossier de sortie.");
  if (positionals.length === 0) throw new Misuse("Il manque au moins un fichier à lire.");
  for (const file of positionals) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Misuse(`« ${file} » n’est pas un fichier.`);
  }
  return { out: values.out, files: positionals };
}

/** A file that cannot be read is told in its result; the others are read all the same. */
async function extractAll(out: string, files: string[]): Promise<void> {
  const pool = createReadingPool();
  const taken = new Set<string>();
  const targets = files.map((file) => ({ file, target: join(out, freeName(basename(file), taken)) }));
  try {
    await Promise.all(
      targets.map(async ({ file, target }) => {
        const reading = await readWhole(pool, file);
        writeFileSync(`${target}.txt`, "extraction" in reading ? textOf(reading.extraction) : "");
        writeFileSync(`${target}.json`, `${JSON.stringify(summaryOf(file, reading), null, 2)}\n`);
        console.log(`${file} : ${"code" in reading ? reading.code : `${reading.extraction.pages.length} page(s)`}`);
      }),
    );
  } finally {
    pool.close();
  }
}

/** Some systems do not tell capitals from small letters in names. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}-${number}`;
  taken.add(free.toLowerCase());
  return free;
}

function summaryOf(file: string, reading: WholeReading) {
  const { milliseconds, peakMemoryBytes } = reading;
  if ("code" in reading) return { file, error: reading.code, milliseconds, peakMemoryBytes };
  const { type, language, pages, warnings } = reading.extraction;
  return { file, type, language, pages: pages.length, milliseconds, peakMemoryBytes, warnings };
}
