import type { Extraction } from "@/lib/extraction/extraction";
import type { ReadPage } from "@/lib/pages/queries";
import { sourceMark } from "../citations/sources";
import { marked } from "./marked";

/** A page and the number it is to be cited by. */
export type NumberedPage = ReadPage & { source: number };

/** What a question comes with, as the model reads it. */
export type DocumentText = {
  /** In the conversation, from 1. */
  number: number;
  name: string;
  /** In order; those that did not fit are left out. */
  pages: NumberedPage[];
  /** How many pages it has. */
  pagesTotal: number;
  /** Of a document too long to be given, whose rest the model can search: its titles. */
  titles?: Extraction["outline"];
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

const TITLES_CHARACTERS_MAX = 3_000;

function documentText({ number, name, pages, pagesTotal, unread, titles }: DocumentText): string {
  const title = `${number}, « ${name} »`;
  if (unread) return marked("document", `(${UNREAD[unread]})`, title);
  const body = pagesText(pages);
  if (titles) {
    const outline = titles.length > 0 ? `[plan]\n${outlineText(titles)}\n\n` : "";
    return `${marked("document", `${outline}${body}`, title)}\n\n${toSearch(number, pagesTotal)}`;
  }
  const left = pagesTotal - pages.length;
  const cut = left > 0 ? `\n\n(document trop long : la suite, soit ${left} sur ${pagesTotal}, n’est pas donnée)` : "";
  return marked("document", `${body}${cut}`, title);
}

/** Said outside the marks: what is between them is never to be followed. */
const toSearch = (number: number, pagesTotal: number): string =>
  `(Le document ${number} est long : ${pagesTotal} pages ou parties, dont seul le début est donné ci-dessus. Pour répondre sur son contenu, cherchez-y avec l’outil search_documents, puis lisez au besoin des pages avec read_pages. Ne dites pas qu’une chose en est absente sans l’avoir cherchée.)`;

function outlineText(titles: Extraction["outline"]): string {
  const lines = titles.map(
    ({ title, level, page }) => `${"  ".repeat(Math.max(0, level - 1))}- ${title} (${page + 1})`,
  );
  let length = 0;
  const first = lines.findIndex((line) => {
    length += line.length + 1;
    return length > TITLES_CHARACTERS_MAX;
  });
  return first < 0 ? lines.join("\n") : [...lines.slice(0, first), "- …"].join("\n");
}

/** Page after page, each under its place. */
export const pagesText = (pages: readonly NumberedPage[]): string =>
  pages.map((page) => `[${sourceMark(page.source)}, ${placeOf(page)}]\n${page.text}`).join("\n\n");

export function placeOf({ kind, number, label, isRecognised }: Omit<ReadPage, "text">): string {
  const title = label ? ` : ${label}` : "";
  const doubt = isRecognised ? ", texte reconnu dans une image, à vérifier" : "";
  return `${PLACE[kind]} ${number}${title}${doubt}`;
}
