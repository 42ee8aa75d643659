import { cleanLine } from "./clean-text.ts";

const ADDRESS_CHARACTERS_MAX = 2_000;

/** What a document says beside its text, told apart from it: `⟨commentaire de Jeanne : à revoir⟩`. */
export function aside(kind: string, text: string): string {
  const line = cleanLine(text);
  return line === "" ? "" : `⟨${kind} : ${line}⟩`;
}

export function commentAside(author: string | null, text: string): string {
  return aside(author?.trim() ? `commentaire de ${author.trim()}` : "commentaire", text);
}

/** Text that a tracked change takes away. */
export function markedDeletion(text: string): string {
  return around(text, "~~", "~~");
}

/** A link to the web with its text; any other link is its text alone. */
export function linkMarkdown(text: string, target: string): string {
  const address = target.trim().replaceAll("(", "%28").replaceAll(")", "%29");
  if (!/^https?:\/\/[^\s<>]+$/i.test(address) || address.length > ADDRESS_CHARACTERS_MAX) return text;
  if (/[[\]\n]/.test(text) || bare(text) === bare(address)) return text;
  return around(text, "[", `](${address})`);
}

/** Signs go against the words: spaces at the ends stay outside. */
function around(text: string, before: string, after: string): string {
  const words = text.trim();
  if (words === "") return "";
  const start = text.indexOf(words);
  return `${text.slice(0, start)}${before}${words}${after}${text.slice(start + words.length)}`;
}

function bare(address: string): string {
  return address
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/$/, "");
}
