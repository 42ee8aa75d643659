import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { streamAnswer } from "@/lib/providers/llm";
import { estimateTokens } from "./tokens";

/** Asks a model for a short text, whole. `outputMax` is in tokens: what comes beyond is not waited for. */
export type CompleteText = (request: {
  instructions: string;
  prompt: string;
  signal: AbortSignal;
  outputMax: number;
}) => Promise<string>;

export const completeText: CompleteText = async ({ instructions, prompt, signal, outputMax }) => {
  let text = "";
  try {
    const messages = [{ role: "user" as const, content: prompt }];
    for await (const event of streamAnswer({ instructions, messages, signal })) {
      if (event.type === "text") text += event.delta;
      if (text.length > outputMax && estimateTokens(text) > outputMax) break;
    }
  } catch (error) {
    throw signal.aborted ? new AppError("model_too_slow", { cause: error }) : error;
  }
  return text;
};
