import { needSearch, type TurnDocument } from "../read-documents";
import { type ToolContext, ToolRefusal } from "./tool";

type Documents = ToolContext["documents"];

/** The document that the model knows by this number. Throws `ToolRefusal`. */
export function documentAt(documents: Documents, number: number): TurnDocument & { fileId: string } {
  const found = documents[number - 1];
  if (!found) throw new ToolRefusal(`Il n’y a pas de document ${number} : ils vont de 1 à ${documents.length}.`);
  const { fileId } = found;
  if (fileId === null) throw new ToolRefusal(`Le document ${number} a été supprimé.`);
  return { ...found, fileId };
}

export const numberOfFile = (documents: Documents, fileId: string): number =>
  documents.findIndex((document) => document.fileId === fileId) + 1;

/** Those of the project are never given whole, nor those that are too long. */
export const mayBeSearched = async ({ actor, documents, budget }: ToolContext): Promise<boolean> =>
  documents.some(({ isOfProject }) => isOfProject) || needSearch(actor, documents, budget);
