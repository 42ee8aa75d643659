import type { MessagePart, StoredMessage } from "@/lib/conversations/schema";
import { AppError } from "@/lib/errors/app-error";
import { INSTRUCTIONS_CHARACTERS_MAX } from "@/lib/preferences/rules";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { type HistoryMessage, textOf, toHistory } from "./history";
import { marked } from "./prompts/marked";

/** What a model holds at once, as configured; in tokens. */
export type ContextLimits = {
  context: number;
  /** Kept free for the answer. */
  output: number;
  /** What the description of the tools takes. */
  tools: number;
  /** What the instructions take, when they are known; room is kept for long ones anyway. */
  instructions?: number;
};

/** What each message costs besides its text: the marks of the chat template. */
const MESSAGE_TOKENS = 6;
/** Kept for the instructions: the service's own, and the longest that an agent may write. */
const INSTRUCTIONS_TOKENS = 1_200 + Math.ceil(INSTRUCTIONS_CHARACTERS_MAX / 2.5);
/** However small the context, a part of it is the conversation's. */
const BUDGET_SHARE_MIN = 0.25;

/** Beyond this share of the budget, the oldest messages are summed up, and their summary is used. */
export const SUMMARY_AT = 0.7;
/** Share of the budget that the most recent messages keep, word for word, when the others are summed up. */
const KEPT_SHARE = 0.3;
/** Share of the budget that a summary may take. */
const SUMMARY_SHARE = 0.15;
const SUMMARY_TOKENS_MAX = 1_500;

/** How many tokens of conversation fit: what the context holds, less the answer, the tools and the instructions. */
export const budgetOf = ({ context, output, tools, instructions = 0 }: ContextLimits): number =>
  Math.max(
    Math.floor(context * BUDGET_SHARE_MIN),
    context - output - tools - Math.max(INSTRUCTIONS_TOKENS, instructions),
  );

export const summaryTokensMax = (budget: number): number =>
  Math.min(SUMMARY_TOKENS_MAX, Math.floor(budget * SUMMARY_SHARE));

/** Refuses, with the numbers, a question that no model of this size could read whole. */
export function requireRoomFor(question: string, budget: number): void {
  const tokens = estimateTokens(question) + MESSAGE_TOKENS;
  if (tokens > budget) throw new AppError("question_too_long_for_model", { details: { tokens, budget } });
}

export type ContextFill = { usedTokens: number; budgetTokens: number };

/** How full the context was left by the last answer that says what it read and wrote. */
export function fillAfter(branch: readonly StoredMessage[], budget: number): ContextFill {
  const answer = branch.findLast((message) => message.turn?.inputTokens);
  const { inputTokens, outputTokens } = answer?.turn ?? {};
  // What was read is counted again each time the model is asked again with what its tools gave.
  const times = 1 + roundsIn(answer?.parts ?? []);
  return { usedTokens: Math.round((inputTokens ?? 0) / times) + (outputTokens ?? 0), budgetTokens: budget };
}

/** How many times tools were called; calls that follow each other were most likely made together. */
const roundsIn = (parts: readonly MessagePart[]): number =>
  parts.filter((part, index) => part.type === "tool" && parts[index - 1]?.type !== "tool").length;

/** What the messages up to `messageId` said, in short. */
export type Summary = { messageId: string; text: string };

export type FittedContext = {
  history: HistoryMessage[];
  /** Tokens of `history`. */
  used: number;
  /** Where the summary that is used stops; null when none is. */
  summedUpTo: string | null;
};

/**
 * The branch as the model receives it within `budget`: whole while it takes little of it; else the deepest summary, then
 * the messages that follow it, the oldest left out first. The last question is always whole.
 */
export function fitContext(branch: StoredMessage[], summaries: readonly Summary[], budget: number): FittedContext {
  const { summary, following } = splitAtSummary(branch, summaries, budget);
  const room = budget - tokensOf(following.slice(-1));
  const opening = summary ? [asMessage(summary.text)] : [];
  const isRoomForSummary = tokensOf(opening) <= room;
  const kept = isRoomForSummary
    ? [...opening, ...lastThatFit(following, budget - tokensOf(opening))]
    : lastThatFit(following, budget);
  const history = toHistory(kept, Number.POSITIVE_INFINITY);
  return { history, used: tokensOf(kept), summedUpTo: (isRoomForSummary && summary?.messageId) || null };
}

/** What is to be summed up in a branch that has grown too long: all but its most recent messages. Empty when nothing is. */
export function messagesToSumUp(
  branch: StoredMessage[],
  summaries: readonly Summary[],
  budget: number,
): { previous: Summary | null; messages: StoredMessage[] } {
  const { summary, following } = splitAtSummary(branch, summaries, budget);
  const opening = summary ? [asMessage(summary.text)] : [];
  if (!exceeds([...opening, ...following], budget * SUMMARY_AT)) return { previous: null, messages: [] };
  const kept = lastThatFit(following, budget * KEPT_SHARE).length;
  const messages = following.slice(0, following.length - kept);
  // A summary stops after an answer, so that a question stays with its own.
  while (messages.at(-1)?.author === "agent") messages.pop();
  return { previous: summary, messages };
}

/** The summary is used only once the branch has grown long: word for word is better. */
function splitAtSummary(branch: StoredMessage[], summaries: readonly Summary[], budget: number) {
  const summary = exceeds(branch, budget * SUMMARY_AT) ? deepestSummary(branch, summaries) : null;
  return { summary, following: summary ? branch.slice(summary.index + 1) : branch };
}

function deepestSummary(branch: StoredMessage[], summaries: readonly Summary[]): (Summary & { index: number }) | null {
  const texts = new Map(summaries.map(({ messageId, text }) => [messageId, text]));
  // The last message is the question to be answered: it is never hidden behind a summary.
  const index = branch.slice(0, -1).findLastIndex(({ id }) => texts.has(id));
  const message = branch[index];
  return message ? { messageId: message.id, text: texts.get(message.id) ?? "", index } : null;
}

/** The last message always fits. */
function lastThatFit(messages: StoredMessage[], budget: number): StoredMessage[] {
  let left = budget;
  const first = messages.findLastIndex((message, index) => {
    left -= countOf(message);
    return left < 0 && index < messages.length - 1;
  });
  return messages.slice(first + 1);
}

/** Counts from the end and no further than needed: a long branch is much longer than what fits. */
function exceeds(messages: StoredMessage[], tokens: number): boolean {
  let left = tokens;
  return (
    messages.findLastIndex((message) => {
      left -= countOf(message);
      return left < 0;
    }) >= 0
  );
}

/** A summary comes from what people wrote: it enters in the user's role between marks, never in the instructions. */
const asMessage = (summary: string): StoredMessage => ({
  id: "summary",
  parentId: null,
  author: "agent",
  parts: [{ type: "text", text: marked("summary", summary) }],
  createdAt: new Date(0),
  siblings: [],
  turn: null,
});

const tokensOf = (messages: StoredMessage[]): number => messages.reduce((sum, message) => sum + countOf(message), 0);

const counts = new WeakMap<StoredMessage, number>();

/** What a message costs; counted once. */
function countOf(message: StoredMessage): number {
  const known = counts.get(message);
  if (known !== undefined) return known;
  const text = textOf(message);
  const count = text === "" ? 0 : estimateTokens(text) + MESSAGE_TOKENS;
  counts.set(message, count);
  return count;
}
