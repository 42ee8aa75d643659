/** Comments with their authors, which tools that give the text of a document leave out. */
const COMMENT = /⟨commentaire[^⟨⟩]*⟩/g;
/** « ⟨feuille masquée⟩ »: what is said of a page, without a text of its own. */
const REMARK = /⟨(?:diapositive|feuille) masquée⟩/g;
/** « ⟨pied de page : … ⟩ »: what introduces a text that is the document's own. */
const INTRODUCTION = /⟨[^⟨⟩:]* : /g;
const LINK = /\[([^[\]\n]*)\]\(https?:\/\/[^()\s]*\)/g;
const NOTES = /^Notes :$/gm;
/** Of a message: who wrote it to whom and when, then the names of what is attached. */
const MESSAGE_HEADER = /^(?:(?:De|À|Cc|Date) : .*(?:\n|$))+/gm;
const ATTACHMENTS = /^Pièces jointes :(?:\n- .*)+/gm;

/**
 * What was read without what readers add on purpose, as they mark it: comments, addresses of links, remarks, and of a message its
 * header and the list of its attachments. Texts of diagrams bear no mark, and stay.
 */
export function withoutAdditions(text: string, type: string): string {
  const own = text
    .replace(COMMENT, "")
    .replace(REMARK, "")
    .replace(INTRODUCTION, "")
    .replace(LINK, "$1")
    .replace(NOTES, "");
  return type === "eml" ? own.replace(MESSAGE_HEADER, "").replace(ATTACHMENTS, "") : own;
}
