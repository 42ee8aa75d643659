import { createLowlight } from "lowlight";
import { findLanguage, GRAMMARS, type Language, PARTS } from "./languages";

export type ColouredTree = ReturnType<ReturnType<typeof createLowlight>["highlight"]>;

/** Beyond, the colours of one block would hold the page up. */
const COLOURED_CHARACTERS_MAX = 30_000;

const lowlight = createLowlight();

/** The parts of the code, each with what it is; null when its language is unknown or the code is too long. */
export async function findColours(name: string, code: string): Promise<ColouredTree | null> {
  const language = findLanguage(name);
  if (!language || code.length > COLOURED_CHARACTERS_MAX) return null;
  await Promise.all([language, ...(PARTS[language] ?? [])].map(learn));
  return lowlight.highlight(language, code);
}

async function learn(language: Language): Promise<void> {
  if (lowlight.registered(language)) return;
  lowlight.register(language, (await GRAMMARS[language]()).default);
}
