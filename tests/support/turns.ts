import type { ChatInput } from "@/lib/assistant/schema";
import type { OpenTurn, StartedTurn } from "@/lib/assistant/start-turn";
import type { AssistantChunk } from "@/lib/assistant/stream-parts";
import { newId } from "@/lib/id";

export const aQuestion = (
  text: string,
  more: Partial<ChatInput & { kind: "ask" }> = {},
): ChatInput & { kind: "ask" } => ({
  kind: "ask",
  conversationId: newId(),
  isNew: true,
  questionId: newId(),
  answerId: newId(),
  text,
  ...more,
});

export type Heard = {
  chunks: AssistantChunk[];
  text: string;
  /** True when the stream was closed as the AI SDK's readers expect. */
  isClosed: boolean;
  end: { status: string; code?: string } | null;
};

/** Reads a turn's stream to its end, as a browser would. */
export async function hear(response: Response): Promise<Heard> {
  const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: "));
  const payloads = lines.map((line) => line.slice("data: ".length));
  const chunks = payloads
    .filter((payload) => payload !== "[DONE]")
    .map((payload) => JSON.parse(payload) as AssistantChunk);
  const ends = chunks.filter((chunk) => chunk.type === "data-end");
  return {
    chunks,
    text: chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join(""),
    isClosed: payloads.at(-1) === "[DONE]",
    end: ends.at(-1)?.data ?? null,
  };
}

/** Reads a stream until it holds `mark`, then leaves. */
export async function until(response: Response, mark: string): Promise<void> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  for (let text = ""; !text.includes(mark); ) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) throw new Error(`the stream ended before ${mark}: ${text.slice(-300)}`);
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
}

/** The turn that was opened; refuses one that was known or queued. */
export function opened(started: StartedTurn): OpenTurn {
  if (started.kind !== "opened") throw new Error(`the turn was not opened: ${started.kind}`);
  return started.turn;
}
