import type { ProjectSource } from "@/lib/projects/schema";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { type NumberedPage, pagesText } from "./documents";
import { marked } from "./marked";

type Numbered = Pick<ProjectSource, "name"> & { number: number };

const USE =
  "(Extraits des documents du projet, choisis d’après la question ; les documents du projet ne sont pas joints à la question. S’ils y répondent, citez-les ; sinon, répondez sans eux, sans dire qu’une chose n’y est pas trouvée.)";

/** Passages of the documents of the project, document by document. For the user's role, before the question. */
export const projectPassages = (
  documents: readonly (Numbered & { passages: (NumberedPage & { heading: string | null })[] })[],
): string =>
  [
    ...documents.map(({ number, name, passages }) =>
      marked("document", pagesText(passages.map(underHeading)), `${number}, « ${name} » (projet, extraits)`),
    ),
    USE,
  ].join("\n\n");

/** A passage under the title it begins below, unless it says it. */
export const underHeading = <T extends { heading: string | null; text: string }>(passage: T): T => {
  const { heading, text } = passage;
  return heading && !text.includes(heading) ? { ...passage, text: `(sous le titre « ${heading} »)\n${text}` } : passage;
};

const TITLES_CHARACTERS_MAX = 160;

/** The documents of the project in short: as many titles of theirs as fit. Said outside the marks, what may be done of them. */
export function projectList(
  documents: readonly (Numbered & ProjectSource)[],
  { canSearch, tokensMax }: { canSearch: boolean; tokensMax: number },
): string {
  let left = tokensMax;
  const lines = documents.map(({ number, name, pages, state, titles }) => {
    const isReady = state === "ready" || state === "read";
    const size = isReady ? `${pages ?? 1} page(s) ou partie(s)` : "encore en cours de lecture, donc absent";
    const line = `- document ${number}, « ${name} » : ${size}`;
    left -= estimateTokens(line);
    return { line, titles: isReady ? titles.join(" ; ").slice(0, TITLES_CHARACTERS_MAX) : "" };
  });
  const text = lines.map(({ line, titles }) => {
    left -= estimateTokens(titles);
    return titles !== "" && left > 0 ? `${line} ; titres : ${titles}` : line;
  });
  const list = marked("list", text.join("\n"));
  return canSearch ? `${list}\n\n${SEARCH}` : list;
}

const SEARCH =
  "(Ces documents accompagnent toutes les conversations du projet. Cherchez-y avec search_documents, ou lisez-en des pages avec read_pages, quand la question peut y trouver sa réponse ; query_table calcule sur les tableurs.)";
