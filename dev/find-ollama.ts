import { z } from "zod";

const OLLAMA = "http://127.0.0.1:11434/v1";
const PATIENCE_MS = 300;

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The local Ollama and its first model that can chat, or null when it does not answer at once. */
export async function findOllama(baseUrl = OLLAMA): Promise<{ baseUrl: string; model: string } | null> {
  try {
    const response = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { data } = modelsSchema.parse(await response.json());
    const chat = data.find(({ id }) => !/embed|rerank|whisper/i.test(id));
    return chat ? { baseUrl, model: chat.id } : null;
  } catch {
    return null; // no Ollama on this machine: the demonstration model serves
  }
}
