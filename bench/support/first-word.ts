import { randomUUID } from "node:crypto";

/** Milliseconds from the sending of a question, in a new conversation, to the first word of its answer; `heard` is the whole stream. */
export async function firstWord(
  { origin, cookie }: { origin: string; cookie: string },
  question: { text: string; documentIds?: readonly string[]; web?: "all" | "off" },
): Promise<{ ms: number; heard: string }> {
  const startedAt = performance.now();
  const response = await fetch(`${origin}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", cookie },
    body: JSON.stringify({
      kind: "ask",
      conversationId: randomUUID(),
      isNew: true,
      questionId: randomUUID(),
      answerId: randomUUID(),
      ...question,
    }),
  });
  if (!response.ok || !response.body) throw new Error(`the question was answered ${response.status}`);
  const decoder = new TextDecoder();
  let heard = "";
  let ms = 0;
  for await (const bytes of response.body) {
    heard += decoder.decode(bytes, { stream: true });
    if (ms === 0 && heard.includes('"text-delta"')) ms = performance.now() - startedAt;
  }
  if (ms === 0) throw new Error(`no word came: ${heard.slice(-500)}`);
  return { ms, heard };
}
