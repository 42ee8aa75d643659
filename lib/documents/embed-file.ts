import "server-only";
import { sendJob } from "@/lib/jobs/mutations";
import { listPassagesToEmbed, saveEmbeddings } from "@/lib/passages/mutations";
import { toBytes } from "@/lib/passages/rules";
import { embed, embeddingModelId, TEXTS_PER_CALL } from "@/lib/providers/embedding";
import { reportFailure } from "@/lib/telemetry/report";

const CALL_MS = 60_000;

/** Has the vectors of a file's passages made, when a model does that; the search does without meanwhile. */
export async function sendToEmbed(file: { ownerId: string; fileId: string }): Promise<void> {
  if (embeddingModelId()) await sendJob("embed-file", file, file.fileId);
}

/** Gives each passage of a file its vector, so many at a time. Throws when the work is to be tried again. */
export async function embedFile(
  { ownerId, fileId }: { ownerId: string; fileId: string },
  signal: AbortSignal,
): Promise<void> {
  const modelId = embeddingModelId();
  if (!modelId) return;
  try {
    for (;;) {
      signal.throwIfAborted();
      const batch = await listPassagesToEmbed(ownerId, fileId, modelId, TEXTS_PER_CALL);
      if (batch.length === 0) return;
      const texts = batch.map(({ heading, text }) =>
        heading && !text.includes(heading) ? `${heading}\n${text}` : text,
      );
      const vectors = await embed(texts, { signal, withinMs: CALL_MS });
      await saveEmbeddings(
        ownerId,
        modelId,
        batch.map((key, index) => ({ key, vector: toBytes(vectors[index] ?? []) })),
      );
    }
  } catch (error) {
    if (!signal.aborted) reportFailure(error, { operation: "document.embed" });
    throw error;
  }
}
