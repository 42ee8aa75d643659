import type { HistoryMessage } from "../history";

const GO_ON =
  "Votre réponse s’est interrompue. Continuez-la exactement là où elle s’arrête, au milieu du mot s’il le faut, sans rien répéter, sans introduction ni commentaire.";

/** The branch up to an unfinished answer, and the request for its rest; nothing of it had been said: the question is asked again. */
export function continueAnswer(history: HistoryMessage[]): HistoryMessage[] {
  return history.at(-1)?.role === "assistant" ? [...history, { role: "user", content: GO_ON }] : history;
}
