import "server-only";
import type { CompleteText } from "@/lib/providers/llm";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { saveSummary } from "@/lib/turns/mutations";
import { messagesToSumUp, summaryTokensMax } from "./context";
import { SUMMARY_INSTRUCTIONS, summaryPrompt, toTranscript } from "./prompts/summary";
import { listMessagesUpTo, listSummaries } from "./queries";
import type { OpenTurn } from "./start-turn";

/** The summary model may hold less than the one that answers: it reads a long conversation in several times. */
const EXTRACT_TOKENS_MAX = 12_000;
const EXTRACT_SHARE = 0.6;

type Ended = Pick<OpenTurn, "actor" | "conversationId" | "answerId" | "context">;

/** Sums up the oldest messages of the branch that ends with this answer, for the turns to come. */
export async function sumUpBranch(turn: Ended, complete: CompleteText, signal: AbortSignal): Promise<void> {
  const { actor, conversationId, answerId } = turn;
  const budget = turn.context.budgetTokens;
  const [branch, summaries] = await Promise.all([
    listMessagesUpTo(actor, conversationId, answerId),
    listSummaries(actor, conversationId),
  ]);
  const { previous, messages } = messagesToSumUp(branch, summaries, budget);
  const last = messages.at(-1);
  if (!last) return;

  const outputMax = summaryTokensMax(budget);
  let text = previous?.text ?? null;
  const extractMax = Math.min(EXTRACT_TOKENS_MAX, Math.floor(budget * EXTRACT_SHARE));
  for (const extract of cutIntoExtracts(toTranscript(messages), extractMax)) {
    const prompt = summaryPrompt(text, extract, outputMax);
    const said = await complete({ job: "summary", instructions: SUMMARY_INSTRUCTIONS, prompt, signal, outputMax });
    // A model that goes on and on would fill the context that a summary is there to free.
    text = cutIntoExtracts(said.trim(), outputMax)[0] ?? text;
  }
  if (text) await saveSummary(actor.agentId, conversationId, { messageId: last.id, text });
}

/** Cuts between lines, or within one that is too long by itself. Nothing is lost: joined, the pieces are the text. */
export function cutIntoExtracts(text: string, tokensMax: number): string[] {
  const extracts: string[] = [];
  let current = "";
  let tokens = 0;
  for (const line of text.split(/(?<=\n)/u).flatMap((each) => cutLine(each, tokensMax))) {
    const more = estimateTokens(line);
    if (current !== "" && tokens + more > tokensMax) {
      extracts.push(current);
      current = "";
      tokens = 0;
    }
    current += line;
    tokens += more;
  }
  return current === "" ? extracts : [...extracts, current];
}

function cutLine(line: string, tokensMax: number): string[] {
  if (estimateTokens(line) <= tokensMax) return [line];
  const characters = [...line];
  const middle = Math.ceil(characters.length / 2);
  if (characters.length < 2) return [line];
  return [characters.slice(0, middle), characters.slice(middle)].flatMap((half) => cutLine(half.join(""), tokensMax));
}
