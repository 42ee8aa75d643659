import type { z } from "zod";
import type { ToolName } from "./tool-parts";

/** What a tool gives: `output` is stored and drawn as a card, `forModel` is what the model reads, and only that. */
export type ToolResult<Output> = { output: Output; forModel: string };

/** Something a model may call while it answers. What it gives is data for the model, never instructions. */
export type Tool<Input = unknown, Output = unknown> = {
  name: ToolName;
  /** For the model: what it does, and when to call it. */
  description: string;
  input: z.ZodType<Input>;
  /** Throws `ToolRefusal` when the input makes no sense, for the model to correct itself. */
  run(input: Input, signal: AbortSignal): Promise<ToolResult<Output>>;
};

/** What is wrong with a call, told to the model in its words. */
export class ToolRefusal extends Error {}
