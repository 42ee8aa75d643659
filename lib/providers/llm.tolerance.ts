import "server-only";
import { mergeDeltas } from "./llm.coalescing";
import { readEvents } from "./llm.events";
import { readLines } from "./llm.lines";
import { type Listener, type RegularEvent, regularEvents } from "./llm.regular";

/*
 * What real servers send is not quite what the protocol says. This stands between them and the AI SDK: it reads
 * their stream with tolerance and writes a regular one, or fails with the code of what went wrong.
 */

/** A `fetch` whose successful answers are regular event streams, whatever the server sent. */
export function tolerantFetch(fetchFromServer: typeof fetch, listener: Listener = {}): typeof fetch {
  return async (input, init) => {
    const response = await fetchFromServer(input, init);
    if (!response.ok || !response.body) return response;
    const events = regularEvents(readEvents(readLines(response.body)), listener);
    return new Response(toBytes(events), {
      status: response.status,
      headers: { "content-type": "text/event-stream" },
    });
  };
}

/** Regular events → bytes: one piece for what came together. */
function toBytes(batches: AsyncGenerator<RegularEvent[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await batches.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(mergeDeltas(value).map(toText).join("")));
      } catch (error) {
        controller.error(error);
      }
    },
    // Closes the connection to the server: the generators leave their loop over the body.
    cancel: async () => void (await batches.return(undefined)),
  });
}

function toText(event: RegularEvent): string {
  switch (event.type) {
    case "text":
      return toChunk({ delta: { content: event.delta } });
    case "reasoning":
      return toChunk({ delta: { reasoning_content: event.delta } });
    case "tool-calls":
      return toChunk({
        delta: {
          tool_calls: event.calls.map(({ id, ...said }, index) => ({ index, id, type: "function", function: said })),
        },
      });
    case "finish":
      return `${toChunk({ delta: {}, finish_reason: event.reason })}data: [DONE]\n\n`;
  }
}

const toChunk = (choice: object) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
