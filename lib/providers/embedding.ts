import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { AppError } from "@/lib/errors/app-error";
import { modelsFor } from "@/lib/models/rules";
import type { ModelEntry } from "@/lib/models/schema";
import { persistentFetch } from "./llm.persistence";
import { apiKeyOf, models, providerOf } from "./llm.registry";
import { modelFetch } from "./llm.transport";

/** How many texts a server is asked for at once: fewer than any is known to refuse. */
export const TEXTS_PER_CALL = 32;

/** Vectors of different models cannot be compared: the first one of the file is the only one used, without fallback. */
const embeddingModel = (): ModelEntry | undefined => modelsFor(models().models, "embedding", null)[0];

/** The model whose vectors are kept with passages; null when none has that job. */
export const embeddingModelId = (): string | null => embeddingModel()?.id ?? null;

/**
 * A vector for each text, in order, from the embedding model; at most `TEXTS_PER_CALL` texts. Throws an `AppError` with one of
 * the `model_…` codes when the server fails, takes longer than `withinMs`, or answers something else; the reason of the signal
 * when it fires.
 */
export async function embed(
  texts: readonly string[],
  { signal, withinMs }: { signal: AbortSignal; withinMs: number },
): Promise<number[][]> {
  const model = embeddingModel();
  if (!model) throw new AppError("model_not_found");
  const late = AbortSignal.timeout(withinMs);
  try {
    const { embeddings } = await writerOf(model, withinMs).doEmbed({
      values: [...texts],
      abortSignal: AbortSignal.any([signal, late]),
    });
    const dimensions = embeddings[0]?.length ?? 0;
    const isWhole =
      embeddings.length === texts.length &&
      dimensions > 0 &&
      embeddings.every((vector) => vector.length === dimensions && vector.every(Number.isFinite));
    if (!isWhole) throw new AppError("model_malformed_answer");
    return embeddings;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (late.aborted) throw new AppError("model_too_slow", { cause: error });
    const cause = error instanceof Error ? error.cause : undefined;
    throw cause instanceof AppError ? cause : new AppError("model_malformed_answer", { cause: error });
  }
}

function writerOf(model: ModelEntry, withinMs: number) {
  const provider = providerOf(model);
  const apiKey = apiKeyOf(provider);
  return createOpenAICompatible({
    name: "model",
    baseURL: provider.baseUrl,
    fetch: persistentFetch(modelFetch, { deadlineAt: Date.now() + withinMs, refusedOptions: new Set() }),
    ...(apiKey && { apiKey }),
  }).embeddingModel(model.model);
}
