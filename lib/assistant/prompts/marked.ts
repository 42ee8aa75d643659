const NAMES = {
  summary: "RÉSUMÉ DES ÉCHANGES PRÉCÉDENTS",
  extract: "CONVERSATION",
  question: "QUESTION",
  answer: "RÉPONSE",
  document: "DOCUMENT",
  passage: "EXTRAIT",
  list: "DOCUMENTS DU PROJET",
  image: "IMAGE",
  results: "RÉSULTATS DE RECHERCHE",
} as const;

/**
 * A text that comes from outside, between marks it cannot imitate: the brackets of the marks are taken out of it, and of its
 * title. For messages in the user's role or in that of a tool, never for the instructions.
 */
export function marked(what: keyof typeof NAMES, text: string, title = ""): string {
  const name = title === "" ? NAMES[what] : `${NAMES[what]} ${harmless(title).replace(/\s+/g, " ")}`;
  return `⟦DÉBUT : ${name}⟧\n${harmless(text)}\n⟦FIN : ${NAMES[what]}⟧`;
}

const harmless = (text: string): string => text.replace(/⟦/g, "[").replace(/⟧/g, "]");
