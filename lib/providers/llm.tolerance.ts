import "server-only";
import { mergeDeltas } from "./llm.coalescing";
import { readEvents } from "./llm.events";
import { readLines } from "./llm.lines";
import { type Listener, type RegularEvent, regularEvents } from "./llm.regular";

/**
 * What a model says, whatever the ways of its server: what real servers send is not quite what the protocol says. What arrived
 * together comes in one piece; the last event is `finish`. Fails with the code of what went wrong. A reader who leaves closes the
 * connection.
 */
export async function* readAnswer(
  body: ReadableStream<Uint8Array>,
  listener: Listener = {},
): AsyncGenerator<RegularEvent> {
  for await (const batch of regularEvents(readEvents(readLines(body)), listener)) yield* mergeDeltas(batch);
}
