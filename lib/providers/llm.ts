import "server-only";
import type { AgentRole } from "@/lib/auth/schema";
import { AppError } from "@/lib/errors/app-error";
import { modelsFor } from "@/lib/models/rules";
import type { Co2Zone, Hosting, ModelChoice, ModelEntry, ModelJob } from "@/lib/models/schema";
import { askInTurn } from "./llm.fallback";
import { healthOfModel, isProviderReachable } from "./llm.health";
import type { ModelRequest, SaidEvent } from "./llm.openai-compatible";

export { turnEndsAt } from "./llm.fallback";
export type { AnswerUsage, Co2Grams, ModelImage, ModelMessage, ToolSpec } from "./llm.openai-compatible";
export type { ToolCall } from "./llm.tool-calls";

import { findModel, models, providerOf } from "./llm.registry";

/** Which model answers: said once, when its first word arrives. */
export type ModelEvent = {
  type: "model";
  modelId: string;
  label: string;
  hostingLabel: string;
  /** It took the place of the model that was asked for. */
  isFallback: boolean;
};

export type AnswerEvent = ModelEvent | SaidEvent;

export type AnswerRequest = ModelRequest & {
  modelId: string;
  role: AgentRole;
  /** The answer has begun: no other model may go on with it. */
  isBegun?: boolean;
  /** When the whole turn must have ended; milliseconds since the epoch. */
  endsAt?: number;
};

/** What the product needs to know of a model, besides what it says. */
export type ModelInfo = {
  id: string;
  label: string;
  hosting: Hosting;
  zone: Co2Zone;
  /** Billions, from least to most; null when unknown. */
  parameters: { total: [number, number]; active: [number, number] } | null;
  /** Tokens, question and answer together. */
  context: number;
  /** Tokens to keep free for the answer. */
  outputMax: number;
  /** It can call tools. */
  tools: boolean;
  /** It sees images. */
  vision: boolean;
};

/** What is kept for the answer of a model whose file does not say. */
const OUTPUT_SHARE = 1 / 4;
const OUTPUT_DEFAULT_MAX = 8_192;
const REACHABLE_FOR_MS = 10_000;

/** The models someone may choose, in the order of the file. */
export const listAnswerModels = (role: AgentRole): ModelChoice[] =>
  modelsFor(models().models, "answer", role).map((model) => {
    const { id, label, context, vision, tools, reasoning } = model;
    const { hosting } = providerOf(model);
    return { id, label, hosting, context, vision, tools, reasoning, health: healthOfModel(model) };
  });

export function defaultModelId(role: AgentRole): string {
  const [first] = modelsFor(models().models, "answer", role);
  if (!first) throw new AppError("model_not_found"); // `rules.ts` refuses such a file
  return first.id;
}

export const isModelAllowed = (id: string, role: AgentRole): boolean =>
  modelsFor(models().models, "answer", role).some((model) => model.id === id);

/** Null for a model that is no longer configured. */
export function modelInfo(id: string): ModelInfo | null {
  const model = findModel(id);
  if (!model) return null;
  const { hosting, zone } = providerOf(model);
  const { label, context, tools, vision, parameters = null } = model;
  const outputMax = model.outputMax ?? Math.min(OUTPUT_DEFAULT_MAX, Math.floor(context * OUTPUT_SHARE));
  return { id, label, hosting, zone, parameters, context, outputMax, tools, vision };
}

/**
 * Asks a model, and its fallbacks in order while none has said a word. Ends normally only after some text; otherwise
 * throws an `AppError` with one of the `model_…` codes: that of the model asked for when all failed. When `signal` fires,
 * the connection is closed at once and the signal's reason is thrown.
 */
export async function* streamAnswer(asked: AnswerRequest): AsyncGenerator<AnswerEvent> {
  const { modelId, role, isBegun = false, endsAt, ...request } = asked;
  const candidates = withFallbacks(modelId, modelsFor(models().models, "answer", role));
  let isIntroduced = false;
  for await (const { model, event } of askInTurn(isBegun ? candidates.slice(0, 1) : candidates, request, { endsAt })) {
    if (!isIntroduced) yield toModelEvent(model, modelId);
    isIntroduced = true;
    yield event;
  }
}

/** Asks for a short text, whole; `outputMax` is in tokens. */
export type CompleteText = (request: {
  job: Extract<ModelJob, "title" | "summary">;
  instructions: string;
  prompt: string;
  signal: AbortSignal;
  outputMax?: number;
}) => Promise<string>;

/** A short text, such as a title, from the model whose job it is; from the first that answers when none has that job. */
export const completeText: CompleteText = async ({ job, instructions, prompt, signal, outputMax }) => {
  const able = [...modelsFor(models().models, job, null), ...modelsFor(models().models, "answer", null)];
  const candidates = withFallbacks(able[0]?.id ?? "", able);
  const request = { instructions, messages: [{ role: "user" as const, content: prompt }], signal };
  let text = "";
  for await (const { event } of askInTurn(candidates, request, { outputMax }))
    if (event.type === "text") text += event.delta;
  return text.trim();
};

/** Whether the server of a model that answers does answer. Asked at most every ten seconds. */
export async function isModelReachable(): Promise<boolean> {
  const providers = new Set(modelsFor(models().models, "answer", null).map(providerOf));
  const looks = [...providers].map((provider) => isProviderReachable(provider, REACHABLE_FOR_MS));
  return (await Promise.all(looks)).some(Boolean);
}

function withFallbacks(id: string, allowed: ModelEntry[]): ModelEntry[] {
  const asked = allowed.find((model) => model.id === id);
  if (!asked) throw new AppError("model_not_found");
  return [asked, ...asked.fallbacks.flatMap((fallback) => allowed.find((model) => model.id === fallback) ?? [])];
}

const toModelEvent = (model: ModelEntry, requestedId: string): ModelEvent => ({
  type: "model",
  modelId: model.id,
  label: model.label,
  hostingLabel: providerOf(model).hosting.label,
  isFallback: model.id !== requestedId,
});
