import "server-only";
import { plainText } from "@/lib/conversations/rules";
import type { StoredMessage } from "@/lib/conversations/schema";
import { wordsOf } from "@/lib/documents/lexemes";
import { toTerms } from "@/lib/documents/ranking";
import { type FoundPassage, findRelevantPassages } from "@/lib/passages/queries";
import { modelInfo } from "@/lib/providers/llm";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { passageSource, type Sources } from "./citations/sources";
import { projectList, projectPassages } from "./prompts/project-documents";
import { documentsOf, projectDocumentsOf } from "./read-documents";
import type { OpenTurn } from "./start-turn";

const PASSAGES_MAX = 6;
const PASSAGES_TOKENS_MAX = 2_500;
/** Share of the context that the passages may take, and the list of the documents. */
const PASSAGES_SHARE = 0.2;
const LIST_SHARE = 0.05;
/** A question of fewer words that say something follows another, and is searched with it. */
const WORDS_MIN = 3;

/** Words of what is asked of an assistant, that say nothing of what is looked for. */
const ASKING = new Set(
  `bonjour bonsoir merci svp stp plait peux pouvez pourriez pourrais veux voulez voudrais aimerais souhaite aide aider aidez redige
  rediger redigez ecris ecrire ecrivez resume resumer resumez explique expliquer expliquez donne donner donnez dis dire dites fais
  faire faites liste lister listez propose proposer proposez indique indiquer indiquez`.split(/\s+/),
);

/**
 * What the documents of the project say of the question, to be put in front of it: the passages that have to do with it, each added
 * to `sources`, and for a model that can search further, the list of these documents. Those still being read are not waited for,
 * but named. Empty when there is nothing to say.
 */
export async function readProject(turn: OpenTurn, budget: number, sources: Sources): Promise<string> {
  const documents = projectDocumentsOf(turn);
  if (!turn.documents || documents.length === 0) return "";
  const before = documentsOf(turn).length;
  const numbered = documents.map((document, index) => ({ ...document, number: before + index + 1 }));
  const ready = numbered.filter(({ state }) => state === "ready" || state === "read");
  const found = await findRelevantPassages(
    turn.actor,
    ready.map(({ fileId }) => fileId),
    searchedFor(turn.documents.branch),
    PASSAGES_MAX,
  );
  // The question itself is always given whole.
  const room = Math.max(0, budget - estimateTokens(turn.said.question));
  const given = thatFit(found, Math.min(PASSAGES_TOKENS_MAX, Math.floor(budget * PASSAGES_SHARE), room));
  const excerpts = ready.flatMap(({ fileId, ...document }) => {
    const ofDocument = given
      .filter((passage) => passage.fileId === fileId)
      .map((passage) => ({
        ...passage,
        source: sources.add(passageSource({ documentId: document.id, name: document.name }, passage)),
      }));
    return ofDocument.length > 0 ? [{ ...document, passages: ofDocument }] : [];
  });
  const canSearch = modelInfo(turn.modelId)?.tools === true;
  const listed = canSearch ? numbered : numbered.filter((document) => !ready.some(({ id }) => id === document.id));
  const parts = [
    listed.length > 0 && projectList(listed, { canSearch, tokensMax: Math.floor(budget * LIST_SHARE) }),
    excerpts.length > 0 && projectPassages(excerpts),
  ];
  return parts.filter(Boolean).join("\n\n");
}

/** The branch with what the project says in front of its last question. */
export function withProject(branch: readonly StoredMessage[], text: string): StoredMessage[] {
  const last = branch.findLastIndex(({ author }) => author === "agent");
  return branch.map((message, index) =>
    index === last && text !== "" ? { ...message, parts: [{ type: "text", text }, ...message.parts] } : message,
  );
}

/** The words of the question, and of the one before when they are few. */
function searchedFor(branch: readonly StoredMessage[]): string {
  const [last = "", before = ""] = branch
    .filter(({ author }) => author === "agent")
    .map(({ parts }) => wordsThatSay(plainText(parts)))
    .reverse();
  return toTerms(last).length < WORDS_MIN ? `${last} ${before}`.trim() : last;
}

const wordsThatSay = (text: string): string =>
  wordsOf(text)
    .filter((word) => !ASKING.has(word))
    .join(" ");

function thatFit(passages: readonly FoundPassage[], tokensMax: number): FoundPassage[] {
  let left = tokensMax;
  return passages.filter(({ text }) => {
    left -= estimateTokens(text);
    return left >= 0;
  });
}
