import type { ReadPage } from "@/lib/documents/queries";
import { marked } from "./marked";

/** What a question comes with, as the model reads it. */
export type DocumentText = {
  /** In the conversation, from 1. */
  number: number;
  name: string;
  /** In order; those that did not fit are left out. */
  pages: ReadPage[];
  /** How many pages it has. */
  pagesTotal: number;
  /** Why nothing of it can be read; null when something can. */
  unread: "deleted" | "not_ready" | "unreadable" | null;
};

const UNREAD = {
  deleted: "document supprimé depuis",
  not_ready: "document encore en cours de lecture, donc absent",
  unreadable: "document qui n’a pas pu être lu",
};

const PLACE = { page: "page", slide: "diapositive", sheet: "feuille", section: "partie", image: "image" };

/** The documents of a question, each between marks, page after page. For the user's role, before the question. */
export const documentsText = (documents: readonly DocumentText[]): string => documents.map(documentText).join("\n\n");

function documentText({ number, name, pages, pagesTotal, unread }: DocumentText): string {
  const title = `${number}, « ${name} »`;
  if (unread) return marked("document", `(${UNREAD[unread]})`, title);
  const left = pagesTotal - pages.length;
  const body = pages.map((page) => `[${placeOf(page)}]\n${page.text}`).join("\n\n");
  const cut = left > 0 ? `\n\n(document trop long : la suite, soit ${left} sur ${pagesTotal}, n’est pas donnée)` : "";
  return marked("document", `${body}${cut}`, title);
}

function placeOf({ kind, number, label, isRecognised }: ReadPage): string {
  const title = label ? ` : ${label}` : "";
  const doubt = isRecognised ? ", texte reconnu dans une image, à vérifier" : "";
  return `${PLACE[kind]} ${number}${title}${doubt}`;
}
