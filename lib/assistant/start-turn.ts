import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { plainText } from "@/lib/conversations/rules";
import type { MessagePart, StoredMessage } from "@/lib/conversations/schema";
import { documentLimits } from "@/lib/documents/limits";
import type { AttachedDocument } from "@/lib/documents/schema";
import { AppError } from "@/lib/errors/app-error";
import { requireTokens, takeMessage } from "@/lib/limits/mutations";
import { isStopping } from "@/lib/process/stopping";
import type { ProjectSource } from "@/lib/projects/schema";
import { listSearchEngines } from "@/lib/providers/web-search";
import { budgetFor } from "./budget";
import { type ChooseModel, modelChooser } from "./choose-model";
import { type ContextFill, fitContext, requireRoomFor, type Summary } from "./context";
import type { HistoryMessage } from "./history";
import { findKnownOpening, type Opening, openTurn } from "./mutations";
import { continueAnswer } from "./prompts/continue-answer";
import { instructionsFor } from "./prompts/instructions";
import { findQuestionText, type TurnSettings } from "./queries";
import type { ChatInput, WebMode } from "./schema";
import type { TurnMetadata } from "./stream-parts";

declare const open: unique symbol;

/** A running turn. Whoever holds one need not ask again whether it was allowed. */
export type OpenTurn = TurnMetadata & {
  readonly modelId: string;
  readonly actor: Actor;
  /** Its conversation is: nothing names it. */
  readonly isTemporary: boolean;
  readonly instructions: string;
  readonly history: HistoryMessage[];
  /** What the answer begins with, when it continues another. */
  readonly begun: MessagePart[];
  /** Tokens of `history`, and how many would fit. */
  readonly context: ContextFill;
  /**
   * The same question with the documents that are attached and those of the project, that are read when the turn runs; null when
   * there are none.
   */
  readonly documents: {
    attached: AttachedDocument[];
    ofProject: ProjectSource[];
    branch: StoredMessage[];
    summaries: Summary[];
  } | null;
  /** What the agent wrote: in this question, and in those before it that are their own. */
  readonly said: { question: string; earlier: string };
  /** An answer before this one was written from what came from outside, and may still speak for it. */
  readonly followsReading: boolean;
  /** How the web may be searched. */
  readonly web: WebUse;
  readonly [open]: true;
};

/** `isAsked`: the agent wants a search; else the model decides, when it `mayDecide`. */
export type WebUse = { isAsked: boolean; mayDecide: boolean; officialOnly: boolean; mustConfirm: boolean };

const webOf = (mode: WebMode, { searchesAlone, confirmsSearches }: TurnSettings): WebUse => ({
  isAsked: mode !== "off" && listSearchEngines().length > 0,
  mayDecide: (mode !== "off" || searchesAlone) && listSearchEngines().length > 0,
  officialOnly: mode === "official",
  mustConfirm: confirmsSearches,
});

const isCopied = ({ parts }: StoredMessage): boolean => parts.some((part) => part.type === "text" && part.isCopied);

/** What someone else shared may come from anywhere. */
const hasReadOutside = (message: StoredMessage): boolean =>
  message.author === "assistant" &&
  (isCopied(message) ||
    message.parts.some((part) =>
      part.type === "tool" ? part.name !== "deadline" : part.type === "text" && part.sources?.length,
    ));

/** The question that is asked is the agent's, even one that was copied: they see it and ask for its answer. */
function questionsIn(branch: readonly StoredMessage[]): OpenTurn["said"] {
  const questions = branch.filter(({ author }) => author === "agent");
  const earlier = questions.slice(0, -1).filter((question) => !isCopied(question));
  const last = questions.at(-1);
  return {
    question: last ? plainText(last.parts) : "",
    earlier: earlier.map(({ parts }) => plainText(parts)).join("\n"),
  };
}

export type StartedTurn = { kind: "opened"; turn: OpenTurn } | Exclude<Opening, { kind: "opened" }>;

/** Saves the question, within the limits of use; the model is not called yet. */
export async function startTurn(actor: Actor, input: ChatInput): Promise<StartedTurn> {
  if (isStopping()) throw new AppError("restarting");
  requireFewDocuments(input);
  const choose = await modelChooser(actor);
  requireRoomFor(await questionOf(actor, input), budgetFor(choose(input.modelId).modelId));
  const opening = await openWithinLimits(actor, input, choose);
  if (opening.kind !== "opened") return opening;
  const { isTemporary, begun, context } = opening;
  const { webMode, ...turn } = opening.turn;
  const { branch, summaries, attached, settings } = context;
  const { ownInstructions, project } = settings;
  const instructions = instructionsFor({
    now: new Date(),
    ownInstructions,
    projectInstructions: project?.instructions,
  });
  const budget = budgetFor(turn.modelId, instructions);
  const ofProject = project?.documents ?? [];
  const { history, used } = fitContext(branch, summaries, budget);
  return {
    kind: "opened",
    turn: {
      ...turn,
      actor,
      isTemporary,
      begun,
      instructions,
      history: input.kind === "continue" ? continueAnswer(history) : history,
      context: { usedTokens: used, budgetTokens: budget },
      documents: attached.length + ofProject.length > 0 ? { attached, ofProject, branch, summaries } : null,
      said: questionsIn(branch),
      followsReading: branch.some(hasReadOutside),
      web: webOf(webMode, settings),
    } as OpenTurn,
  };
}

function requireFewDocuments(input: ChatInput): void {
  const { perMessageMax: max } = documentLimits();
  if (input.kind === "ask" && (input.documentIds?.length ?? 0) > max)
    throw new AppError("documents_too_many_for_message", { details: { max } });
}

async function openWithinLimits(actor: Actor, input: ChatInput, choose: ChooseModel): Promise<Opening> {
  let giveBack: () => Promise<void>;
  try {
    giveBack = await takeTurn(actor, input);
  } catch (refusal) {
    // What was accepted once is not refused when the browser sends it again.
    const known = await findKnownOpening(actor, input);
    if (known) return known;
    throw refusal;
  }
  try {
    const opening = await openTurn(actor, input, choose);
    if (opening.kind === "known") await giveBack();
    return opening;
  } catch (error) {
    await giveBack();
    throw error;
  }
}

async function takeTurn(actor: Actor, input: ChatInput): Promise<() => Promise<void>> {
  if (input.kind !== "next") return takeMessage(actor);
  await requireTokens(actor);
  return async () => {}; // counted when it was put in the queue
}

/** The question that is asked; empty when it was checked before it was put in the queue, or when it is not a new one. */
async function questionOf(actor: Actor, input: ChatInput): Promise<string> {
  switch (input.kind) {
    case "ask":
    case "edit":
      return input.text;
    case "retry":
      return findQuestionText(actor, input.conversationId, input.questionId);
    case "continue":
    case "next":
      return "";
  }
}
