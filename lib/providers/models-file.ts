import "server-only";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { checkModels, type ModelsResult } from "../models/rules.ts";

/** Reads `models.json`; each problem is a French sentence that starts with the file and the path inside it. */
export function readModelsFile(path: string, hasVariable: (name: string) => boolean): ModelsResult {
  const refuse = (...problems: string[]): ModelsResult => ({ ok: false, problems });
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return refuse(`MODELS_FILE : le fichier ${path} est introuvable ou illisible.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(`MODELS_FILE : le fichier ${path} n’est pas du JSON valide, vers la ligne ${firstWrongLine(text)}.`);
  }
  const result = checkModels(value, hasVariable);
  return result.ok ? result : refuse(...result.problems.map((problem) => `${basename(path)} : ${problem}`));
}

/** JSON.parse does not always say where it stopped: the first line with which the text can no longer be the start of JSON. */
function firstWrongLine(text: string): number {
  const lines = text.split("\n");
  const wrong = lines.findIndex((_, index) => !canBegin(lines.slice(0, index + 1).join("\n")));
  return wrong === -1 ? lines.length : wrong + 1;
}

function canBegin(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const said = String(error);
    return said.includes("end of JSON input") || said.includes(`at position ${text.length}`);
  }
}
