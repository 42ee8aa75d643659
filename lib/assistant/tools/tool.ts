import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import type { Visit } from "@/lib/web/visit-pages";
import type { Sources } from "../citations/sources";
import type { TurnDocument } from "../read-documents";
import type { OpenTurn } from "../start-turn";
import type { ToolName } from "./tool-parts";

/** What a tool gives: `output` is stored and drawn as a card, `forModel` is what the model reads, and only that. */
export type ToolResult<Output> = { output: Output; forModel: string };

/** What a tool may know of the turn it is called in. */
export type ToolContext = {
  readonly actor: Actor;
  readonly turnId: string;
  /** What the agent wrote, in the question and before. */
  readonly said: OpenTurn["said"];
  readonly followsReading: OpenTurn["followsReading"];
  readonly web: OpenTurn["web"];
  /** The documents of the branch, then of the project, each once, in the order the model knows them: the first is document 1. */
  readonly documents: readonly TurnDocument[];
  /** What the model was given so far and may cite: a tool adds what it gives. */
  readonly sources: Sources;
  /** The addresses that searches of this turn found: those may be opened. A search adds to it. */
  readonly foundUrls: Set<string>;
  /** The visits that have begun: pages that are all to be read are visited at once. */
  readonly visits: Map<string, Promise<Visit>>;
  /** How many tokens of conversation the model reads. */
  readonly budget: number;
  readonly signal: AbortSignal;
};

/** One call of a tool. */
export type CallContext<Output = unknown> = ToolContext & {
  /** Of the call, as it is stored: like no other of the turn. */
  readonly callId: string;
  /** Tells how far it has got: drawn in its card, until the next. */
  report(output: Output): void;
};

/** Something a model may call while it answers. What it gives is data for the model, never instructions. */
export type Tool<Input = unknown, Output = unknown> = {
  name: ToolName;
  /** For the model: what it does, and when to call it. */
  description: string;
  input: z.ZodType<Input>;
  /** Absent: half a minute. */
  timeoutMs?: number;
  /** Absent: offered in every turn. */
  isUseful?(context: ToolContext): Promise<boolean>;
  /** Throws `ToolRefusal` when the input makes no sense, for the model to correct itself. */
  run(input: Input, context: CallContext<Output>): Promise<ToolResult<Output>>;
};

/** What is wrong with a call, told to the model in its words. */
export class ToolRefusal extends Error {}
