/** A title, what announces it and what comments on it; beyond, it is another answer. */
const LINES_MAX = 3;
const WORDS_MAX = 10;
const CHARACTERS_MAX = 80;
const PREFIX = /^(?:titre|title|título|titel|sujet|objet)(?:\s+(?:proposé|de la conversation|suggéré))?\s*[:：–-]\s*/iu;
const QUOTES = "\"'«»“”„‘’`*_";
const AROUND = new RegExp(`^[\\s${QUOTES}]+|[\\s${QUOTES}]+$`, "gu");
const LIST_MARK = /^\s*(?:#{1,6}\s+|[-*+>•]\s+|\d+[.)]\s+)+/u;
const LINK = /!?\[([^\]]*)\]\([^)]*\)/gu;

/** A title as a model says it, without what surrounds it; null when what is left is no title. */
export function cleanTitle(said: string): string | null {
  const lines = said
    .split(/[\r\n]+/u)
    .map((each) => each.trim())
    .filter(Boolean);
  if (lines.length > LINES_MAX) return null;
  const line = lines.find((each) => /\p{L}/u.test(each) && !/[:：]\W*$/u.test(each));
  if (!line) return null;
  const title = peel(
    line
      .replace(LINK, "$1")
      .replace(/\s+/gu, " ")
      .replace(/[\p{Cc}\p{Cf}⟦⟧<>]/gu, ""),
  );
  const words = title.split(" ").length;
  if (!/\p{L}/u.test(title) || words > WORDS_MAX || title.length > CHARACTERS_MAX) return null;
  return title.charAt(0).toLocaleUpperCase("fr") + title.slice(1);
}

/** Takes off marks, quotes, « Titre : » and final dots, in whatever order they were put on. */
function peel(text: string): string {
  const peeled = text
    .replace(LIST_MARK, "")
    .replace(AROUND, "")
    .replace(PREFIX, "")
    .replace(/[\s.,;:…]+$/u, "");
  return peeled === text ? text : peel(peeled);
}
