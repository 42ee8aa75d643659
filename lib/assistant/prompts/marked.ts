const NAMES = {
  summary: "RÉSUMÉ DES ÉCHANGES PRÉCÉDENTS",
  extract: "CONVERSATION",
  question: "QUESTION",
  answer: "RÉPONSE",
} as const;

/**
 * A text that comes from outside, between marks it cannot imitate: the brackets of the marks are taken out of it. For
 * messages in the user's role only.
 */
export const marked = (what: keyof typeof NAMES, text: string): string =>
  `⟦DÉBUT : ${NAMES[what]}⟧\n${text.replace(/⟦/g, "[").replace(/⟧/g, "]")}\n⟦FIN : ${NAMES[what]}⟧`;
