import { createServer } from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { pipeUIMessageStreamToResponse, streamText, toUIMessageStream } from "ai";
import { listen } from "./upstream.ts";

/** The AI SDK as its documentation uses it, on plain Node and nothing else. `argv[2]` is the model's server. */
const provider = createOpenAICompatible({ name: "bench", baseURL: process.argv[2] ?? "", includeUsage: true });
const server = createServer(async (request, response) => {
  const { model, messages } = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const { stream } = streamText({ model: provider.chatModel(model), messages });
  await pipeUIMessageStreamToResponse({ response, stream: toUIMessageStream({ stream }) });
});
process.stdout.write(`http://127.0.0.1:${await listen(server)}\n`);
