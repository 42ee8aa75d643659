import "server-only";
import { giveModelTitle } from "@/lib/conversations/mutations";
import { keepProcessFor } from "@/lib/process/running-work";
import { isStopping } from "@/lib/process/stopping";
import { type CompleteText, completeText } from "@/lib/providers/llm";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { reportFailure } from "@/lib/telemetry/report";
import type { TurnEnd } from "@/lib/turns/mutations";
import { cleanTitle } from "./clean-title";
import { SUMMARY_AT } from "./context";
import { TITLE_INSTRUCTIONS, titlePrompt } from "./prompts/title";
import type { OpenTurn } from "./start-turn";
import { sumUpBranch } from "./sum-up-branch";

const TITLE_TIMEOUT_MS = 20_000;
const SUMMARY_TIMEOUT_MS = 120_000;
/** A title is a few words; the rest is for models that cannot be brief. */
const TITLE_TOKENS_MAX = 200;

/**
 * What may follow a turn that has ended: a title, a summary. Returns at once; a failure is reported, and the
 * conversation goes on as it was.
 */
export function afterTurn(turn: OpenTurn, { status }: TurnEnd, answer: string, complete = completeText): void {
  if (isStopping()) return;
  const isUsable = (status === "completed" || status === "stopped") && answer !== "";
  const { history, context } = turn;
  const isFirstAnswer = history.length === 1;
  if (isUsable && isFirstAnswer && !turn.isTemporary) {
    const question = history[0]?.content ?? "";
    later("conversation.title", TITLE_TIMEOUT_MS, (signal) =>
      nameConversation(turn, question, answer, complete, signal),
    );
  }
  if (context.usedTokens + estimateTokens(answer) > context.budgetTokens * SUMMARY_AT) {
    later("conversation.summary", SUMMARY_TIMEOUT_MS, (signal) => sumUpBranch(turn, complete, signal));
  }
}

function later(operation: string, timeoutMs: number, work: (signal: AbortSignal) => Promise<void>): void {
  void keepProcessFor(work(AbortSignal.timeout(timeoutMs))).catch((error: unknown) =>
    reportFailure(error, { operation }),
  );
}

async function nameConversation(
  { actor, conversationId }: OpenTurn,
  question: string,
  answer: string,
  complete: CompleteText,
  signal: AbortSignal,
): Promise<void> {
  const prompt = titlePrompt(question, answer);
  const said = await complete({
    job: "title",
    instructions: TITLE_INSTRUCTIONS,
    prompt,
    signal,
    outputMax: TITLE_TOKENS_MAX,
  });
  const title = cleanTitle(said);
  if (title) await giveModelTitle(actor.agentId, conversationId, title);
}
