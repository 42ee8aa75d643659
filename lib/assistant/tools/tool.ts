import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import type { AttachedDocument } from "@/lib/documents/schema";
import type { Sources } from "../citations/sources";
import type { ToolName } from "./tool-parts";

/** What a tool gives: `output` is stored and drawn as a card, `forModel` is what the model reads, and only that. */
export type ToolResult<Output> = { output: Output; forModel: string };

/** What a tool may know of the turn it is called in. */
export type ToolContext = {
  readonly actor: Actor;
  /** The documents of the branch, each once, in the order the model knows them: its first is document 1. */
  readonly documents: readonly AttachedDocument[];
  /** What the model was given so far and may cite: a tool adds what it gives. */
  readonly sources: Sources;
  /** How many tokens of conversation the model reads. */
  readonly budget: number;
  readonly signal: AbortSignal;
};

/** Something a model may call while it answers. What it gives is data for the model, never instructions. */
export type Tool<Input = unknown, Output = unknown> = {
  name: ToolName;
  /** For the model: what it does, and when to call it. */
  description: string;
  input: z.ZodType<Input>;
  /** Absent: offered in every turn. */
  isUseful?(context: ToolContext): Promise<boolean>;
  /** Throws `ToolRefusal` when the input makes no sense, for the model to correct itself. */
  run(input: Input, context: ToolContext): Promise<ToolResult<Output>>;
};

/** What is wrong with a call, told to the model in its words. */
export class ToolRefusal extends Error {}
