import type { CitationChecks, CitedSource, MessagePart } from "@/lib/conversations/schema";
import { createMarkerReader, type Piece } from "./markers";
import { findParagraph, findQuotation, type Place, quotationsIn } from "./quotations";
import { type GivenSource, isSamePage, type Sources } from "./sources";

/** Text whose markers hold, with what those of it stand for and what was found wrong. */
export type CheckedText = { delta: string; cited: CitedSource[]; checks: CitationChecks };

export const NOTHING_CHECKED: CitationChecks = { checked: 0, dropped: 0, unfound: 0 };
const UNFOUND = " (citation non retrouvée)";
/** What a marker may be about: no more than this of what comes before it. */
const CLAIM_CHARACTERS_MAX = 1_500;

/**
 * Lets through only the markers that hold. A marker must name what the model was given, and a quotation before it must be found
 * there; one found elsewhere in what was given has its marker corrected. What names nothing is taken out, what is found nowhere
 * is said to be. Prose is never removed. Markers are numbered again, in the order of the text, from what `begun` holds on.
 */
export function createCitationCheck(sources: Sources, begun: readonly MessagePart[] = []) {
  const reader = createMarkerReader();
  const numbered = begun.flatMap((part) => (part.type === "text" ? (part.sources ?? []) : []));
  /** What was said since the last marker. */
  let claim = "";

  function toCited(source: GivenSource, { start, end }: Place): CitedSource {
    const { origin } = source;
    const isPassageOf = (known: CitedSource) =>
      !("passage" in known && "passage" in origin) || known.passage === origin.passage;
    const isSame = (known: CitedSource) =>
      isSamePage(known, origin) && isPassageOf(known) && known.start === start && known.end === end;
    const known = numbered.find(isSame);
    if (known) return known;
    const number = Math.max(0, ...numbered.map((each) => each.number)) + 1;
    const cited: CitedSource = { number, ...origin, start, end };
    numbered.push(cited);
    return cited;
  }

  function check(piece: Extract<Piece, { type: "marker" }>, into: CheckedText): void {
    const said = lastSentence(claim);
    claim = "";
    const quotations = quotationsIn(said);
    const named = piece.numbers.flatMap((number) => sources.get(number) ?? []);
    const all = sources.all();
    let cited: CitedSource[] = [];
    let unfound = 0;
    for (const quotation of quotations) {
      const found = firstWith(named, quotation) ?? firstWith(all, quotation);
      if (found) cited.push(toCited(found.source, inPage(found.source, found.place)));
      else unfound += 1;
    }
    if (quotations.length === 0 || (cited.length > 0 && named.length > cited.length)) {
      const others = named.filter((source) => cited.every((each) => !isSamePage(each, source.origin)));
      cited.push(...others.map((source) => toCited(source, closest(source, said))));
    }
    cited = cited.filter((source, index) => cited.indexOf(source) === index);
    into.delta += cited.length > 0 ? piece.space + cited.map(({ number }) => `[${number}]`).join("") : "";
    if (unfound > 0) into.delta += UNFOUND;
    into.cited.push(...cited);
    into.checks.checked += cited.length;
    into.checks.dropped += Math.max(0, piece.numbers.length - cited.length - unfound);
    into.checks.unfound += unfound;
  }

  function checked(pieces: readonly Piece[]): CheckedText {
    const into: CheckedText = { delta: "", cited: [], checks: { ...NOTHING_CHECKED } };
    for (const piece of pieces) {
      if (piece.type === "marker") {
        check(piece, into);
        continue;
      }
      into.delta += piece.text;
      claim = (claim + piece.text).slice(-CLAIM_CHARACTERS_MAX);
    }
    return into;
  }

  const isNeeded = () => sources.all().length > 0;
  const asIs = (delta: string): CheckedText => ({ delta, cited: [], checks: NOTHING_CHECKED });
  return {
    add: (delta: string): CheckedText => (isNeeded() ? checked(reader.add(delta)) : asIs(delta)),
    /** What was held back, now that the text stops or something else comes. */
    end: (): CheckedText => checked(reader.end()),
  };
}

const ENDS = /(?<!\b(?:art|al|cf|ex|p|[A-Z]))[.!?…]\s+(?=[\p{Lu}«“])|\n+/gu;

/** The sentence that a marker closes, whether it stands before its full stop or after it. */
function lastSentence(text: string): string {
  const said = text.replace(/[\s.!?…]+$/u, "");
  // What is quoted may have full stops of its own.
  const outside = said.replace(/«[^«»]*»|“[^“”]*”/gu, (quoted) => "x".repeat(quoted.length));
  const end = [...outside.matchAll(ENDS)].at(-1);
  return end ? said.slice(end.index + end[0].length) : said;
}

function firstWith(sources: readonly GivenSource[], quotation: string) {
  for (const source of sources) {
    const place = findQuotation(source.text, quotation);
    if (place) return { source, place };
  }
  return null;
}

/** What of a source a claim without quotation is about: the passage that was found, or the closest paragraph of the page. */
function closest(source: GivenSource, claim: string): Place {
  if (source.isPassage) return inPage(source, { start: 0, end: source.text.length });
  const paragraph = findParagraph(source.text, claim);
  return paragraph ? inPage(source, paragraph) : { start: 0, end: 0 };
}

const inPage = ({ start }: GivenSource, place: Place): Place =>
  start === null ? { start: 0, end: 0 } : { start: start + place.start, end: start + place.end };
