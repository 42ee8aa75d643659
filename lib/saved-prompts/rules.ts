import { folded } from "@/lib/documents/lexemes";

export const PROMPTS_PATH = "/demandes-types";
export const PROMPT_TITLE_CHARACTERS_MAX = 80;
export const PROMPT_CHARACTERS_MAX = 8_000;
/** An agent keeps at most so many. */
export const PROMPTS_MAX = 200;

/** `{{sujet}}`; blanks around the name are not part of it. */
const FIELD = /\{\{\s*([^{}\s](?:[^{}\n]{0,58}[^{}\s])?)\s*\}\}/g;

/** The names of the fields of a text, each once, in their order. */
export const fieldsOf = (text: string): string[] => [
  ...new Set([...text.matchAll(FIELD)].map(([, name]) => name ?? "")),
];

/** The text with its fields filled in; those left empty stay visible, between square brackets. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(FIELD, (_, name: string) => values[name]?.trim() || `[${name}]`);

type Written = { title: string; text: string };

/** Those that hold all the words of `query` in their title; then those that hold them with their text. */
export function findPrompts<T extends Written>(prompts: readonly T[], query: string): T[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const holds = (text: string) => words.every((word) => folded(text).includes(word));
  const byTitle = prompts.filter(({ title }) => holds(title));
  const others = prompts.filter((prompt) => !byTitle.includes(prompt) && holds(`${prompt.title} ${prompt.text}`));
  return [...byTitle, ...others];
}

/** What a Markdown file gives: a prompt under each title of the second level, the text before the first one left out. */
export function readPrompts(markdown: string): Written[] {
  return markdown
    .split(/^## +/m)
    .slice(1)
    .map((part) => {
      const [title = "", ...lines] = part.split("\n");
      return { title: title.trim(), text: lines.join("\n").trim() };
    })
    .filter(({ title, text }) => title !== "" && text !== "");
}
