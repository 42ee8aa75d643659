import { searchPassages } from "@/lib/passages/queries";
import { passageSource, sourceMark } from "../citations/sources";
import { placeOf } from "../prompts/documents";
import { marked } from "../prompts/marked";
import { underHeading } from "../prompts/project-documents";
import { resultCharactersMax } from "../read-documents";
import { documentAt, mayBeSearched, numberOfFile } from "./document-numbers";
import { type SearchDocumentsInput, type SearchDocumentsOutput, searchDocumentsInput } from "./documents.schema";
import type { Tool } from "./tool";

const PASSAGES_MAX = 6;

/** Finds the passages of the documents of a turn that answer best, when they are too long to be given whole. */
export const searchDocuments: Tool<SearchDocumentsInput, SearchDocumentsOutput> = {
  name: "search_documents",
  description:
    "Cherche dans les documents joints à la conversation, et dans ceux de son projet, et donne les passages les plus proches, avec leur document et leur page. query : les mots importants de ce qui est cherché, tels qu’ils seraient écrits dans le document, sans phrase de politesse. document : le numéro du document, pour ne chercher que dans celui-là. À appeler avant de répondre sur un document long ; chercher de nouveau avec d’autres mots (synonymes, termes officiels) si rien d’utile n’est trouvé.",
  input: searchDocumentsInput,
  isUseful: mayBeSearched,
  async run({ query, document: number }, { actor, documents, budget, sources }) {
    const searched = number ? [documentAt(documents, number)] : documents.filter(({ fileId }) => fileId !== null);
    const fileIds = [...new Set(searched.flatMap(({ fileId }) => fileId ?? []))];
    const found = await searchPassages(actor, fileIds, query, PASSAGES_MAX);
    const documentOf = (fileId: string) => searched.find((each) => each.fileId === fileId);
    const nameOf = (fileId: string) => documentOf(fileId)?.name ?? "";
    let left = resultCharactersMax(budget);
    const given = found.filter(({ text }, index) => {
      left -= text.length;
      return left >= 0 || index === 0;
    });
    return {
      output: {
        documents: searched.map(({ name }) => name),
        passages: given.map((passage) => ({ name: nameOf(passage.fileId), page: passage.number })),
      },
      forModel:
        given.length === 0
          ? "Aucun passage trouvé. Essayez d’autres mots."
          : given
              .map((passage) => {
                const { fileId } = passage;
                const of = { documentId: documentOf(fileId)?.id ?? "", name: nameOf(fileId) };
                const source = sourceMark(sources.add(passageSource(of, passage)));
                const place = `${source}, document ${numberOfFile(documents, fileId)}, « ${nameOf(fileId)} », ${placeOf(passage)}`;
                return marked("passage", underHeading(passage).text, place);
              })
              .join("\n\n"),
    };
  },
};
