import { listPages } from "@/lib/pages/queries";
import { pageSource } from "../citations/sources";
import { pagesText } from "../prompts/documents";
import { marked } from "../prompts/marked";
import { resultCharactersMax } from "../read-documents";
import { documentAt, mayBeSearched } from "./document-numbers";
import { type ReadPagesInput, type ReadPagesOutput, readPagesInput } from "./documents.schema";
import { type Tool, ToolRefusal } from "./tool";

/** Gives pages of a document of the turn as they are, as many as may be given at once. */
export const readPages: Tool<ReadPagesInput, ReadPagesOutput> = {
  name: "read_pages",
  description:
    "Donne le texte des pages d’un document joint ou du projet, de from à to (pages, diapositives, feuilles ou parties, comptées à partir de 1). À appeler pour lire en entier un passage trouvé ou ce qui l’entoure, ou pour résumer une partie du document.",
  input: readPagesInput,
  isUseful: mayBeSearched,
  async run({ document: number, from, to }, { actor, documents, budget, sources }) {
    const { id: documentId, fileId, name } = documentAt(documents, number);
    const last = Math.max(from, to ?? from);
    const charactersMax = resultCharactersMax(budget);
    const asked = await listPages(actor, fileId, charactersMax, { from, to: last });
    const [first] = asked;
    if (!first) throw new ToolRefusal(`Le document ${number} n’a pas de page ${from}.`);
    let left = charactersMax;
    const whole = asked.filter(({ text }) => {
      left -= text.length;
      return left >= 0;
    });
    const pages = whole.length > 0 ? whole : [{ ...first, text: first.text.slice(0, charactersMax) }];
    const read = pages.at(-1)?.number ?? from;
    const isCut = whole.length < asked.length;
    const note = whole.length > 0 ? `\n\n(La suite est trop longue : reprendre à ${read + 1}.)` : TOO_LONG;
    const numbered = pages.map((page) => ({ ...page, source: sources.add(pageSource({ documentId, name }, page)) }));
    const forModel = marked("document", pagesText(numbered), `${number}, « ${name} »`) + (isCut ? note : "");
    return { output: { name, from, to: read, isCut }, forModel };
  },
};

const TOO_LONG = "\n\n(Cette page est trop longue : sa fin n’est pas donnée. La chercher avec search_documents.)";
