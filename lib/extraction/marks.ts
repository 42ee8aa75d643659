import { cleanLine } from "./clean-text.ts";

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
  return text.trim() === "" ? "" : text.replace(/^(\s*)([\s\S]*?)(\s*)$/, "$1~~$2~~$3");
}

/** A link to the web with its text; any other link is its text alone. */
export function linkMarkdown(text: string, target: string): string {
  const address = target.trim();
  if (!/^https?:\/\/[^\s<>()]+$/i.test(address) || text.trim() === "") return text;
  if (/[[\]\n]/.test(text) || bare(text) === bare(address)) return text;
  return text.replace(/^(\s*)([\s\S]*?)(\s*)$/, `$1[$2](${address.replaceAll("$", "$$$$")})$3`);
}

function bare(address: string): string {
  return address
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/$/, "");
}
