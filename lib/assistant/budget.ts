import "server-only";
import { modelInfo } from "@/lib/providers/llm";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { budgetOf } from "./context";

/** For a model that is no longer configured: what the smallest of today's holds. */
const UNKNOWN = { context: 8_192, outputMax: 2_048 };

/** How many tokens of conversation a model reads, besides these instructions. */
export function budgetFor(modelId: string, instructions = ""): number {
  const { context, outputMax } = modelInfo(modelId) ?? UNKNOWN;
  return budgetOf({ context, output: outputMax, tools: 0, instructions: estimateTokens(instructions) });
}
