import { begin, DONE, event, lines, type Scenario, say, status, USAGE, usage } from "./scripted-events.ts";

const END = [event({}, "stop"), DONE];
const ANSWER = [say("Ma "), say("réponse")];

/** As is: no random cut, no random ending. */
const exactly =
  (text: string, type = "text/event-stream"): Scenario =>
  async (response) => {
    begin(response, 200, type);
    response.end(text);
  };

const withLines = (ending: string) => exactly([...ANSWER, ...END].join(ending + ending) + ending + ending);

const toolCalls = (...pieces: object[][]) =>
  lines(...pieces.map((tool_calls) => event({ tool_calls })), event({}, "tool_calls"), DONE);
const QUERY = JSON.stringify({ q: "congé parental" });

/** Wrong `times` times, and right afterwards. */
const wrongAtFirst =
  (wrong: Scenario, times = 1): Scenario =>
  (response, random, request) =>
    request.earlier < times ? wrong(response, random, request) : lines(...ANSWER, ...END)(response, random, request);

const busy = (code: number, headers: Record<string, string> = {}) => status(code, { detail: "Rate limit" }, headers);

const busyUntil =
  (ms: number): Scenario =>
  (response, random, request) =>
    wrongAtFirst(busy(429, { "retry-after": new Date(Date.now() + ms).toUTCString() }))(response, random, request);

/** Refuses an option as its server would, for as long as it is sent. */
const without =
  (option: string, code: number, body: object): Scenario =>
  (response, random, request) =>
    option in request.body
      ? status(code, body)(response, random, request)
      : lines(...ANSWER, ...END)(response, random, request);

const TOO_LONG = "This model's maximum context length is 4096 tokens, your request has 9000";

/** One for each thing a server was seen to do that the protocol does not say. */
export const oddities: Record<string, Scenario> = {
  crlf: withLines("\r\n"),
  "line-feeds": withLines("\n"),
  "carriage-returns": withLines("\r"),
  "comments-and-fields": lines(": ping", "retry: 10", "id: 1", "event: message", ...ANSWER, ":", ...END),
  "without-data-prefix": exactly([...ANSWER, ...END].map((line) => line.replace("data: ", "")).join("\n")),
  "data-without-space": exactly([...ANSWER, ...END].map((line) => line.replace("data: ", "data:")).join("\n\n")),
  "empty-choices": lines(usage({}), ...ANSWER, `data: ${JSON.stringify({ choices: [], id: "c" })}`, ...END),
  "not-streamed-indented": exactly(
    JSON.stringify(
      { choices: [{ message: { role: "assistant", content: "Ma réponse" }, finish_reason: "stop" }] },
      null,
      2,
    ),
    "application/json",
  ),

  "usage-first": lines(USAGE, ...ANSWER, ...END),
  "usage-last": lines(...ANSWER, event({}, "stop"), USAGE, DONE),
  "usage-with-the-end": lines(
    ...ANSWER,
    `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }], usage: { prompt_tokens: 12, completion_tokens: 34 } })}`,
    DONE,
  ),
  "usage-at-each-event": lines(
    usage({ prompt_tokens: 12, completion_tokens: 0 }),
    say("Ma "),
    usage({ prompt_tokens: 12, completion_tokens: 20 }),
    say("réponse"),
    USAGE,
    ...END,
  ),
  "usage-in-two-parts": lines(usage({ prompt_tokens: 12 }), ...ANSWER, usage({ completion_tokens: 34 }), ...END),
  "usage-absent": lines(...ANSWER, ...END),
  "usage-null": lines(`data: ${JSON.stringify({ choices: [], usage: null })}`, ...ANSWER, ...END),
  "usage-of-input-only": lines(usage({ prompt_tokens: 12 }), ...ANSWER, ...END),
  "usage-with-impacts": lines(
    ...ANSWER,
    usage({
      prompt_tokens: 12,
      completion_tokens: 34,
      impacts: { kWh: 0.0001, kgCO2eq: 0.000005 },
      carbon: { kWh: { min: 0.0001, max: 0.0002 }, kgCO2eq: { min: 0.000004, max: 0.000006 } },
    }),
    ...END,
  ),
  "usage-with-carbon": lines(
    ...ANSWER,
    usage({ prompt_tokens: 12, completion_tokens: 34, carbon: { kgCO2eq: { min: 0.000004, max: 0.000006 } } }),
    ...END,
  ),

  "content-null": lines(event({ content: null }), ...ANSWER, event({ content: null }), ...END),
  "content-missing": lines(event({}), ...ANSWER, event({ role: "assistant" }), ...END),
  "delta-null": lines(
    ...ANSWER,
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: null, finish_reason: "stop" }] })}`,
    DONE,
  ),
  "content-strings": lines(event({ content: ["Ma ", { type: "text", text: "réponse" }] }), ...END),
  refusal: lines(event({ refusal: "Ma réponse" }), ...END),

  "finish-null": lines(...ANSWER, event({}, null), DONE),
  "finish-eos": lines(...ANSWER, event({}, "eos"), DONE),
  "finish-length": lines(...ANSWER, event({}, "length"), DONE),
  "finish-content-filter": lines(...ANSWER, event({}, "content_filter"), DONE),
  "finish-tool-calls-without-any": lines(...ANSWER, event({}, "tool_calls"), DONE),
  "finish-with-the-last-word": lines(say("Ma "), event({ content: "réponse" }, "stop"), DONE),
  "filtered-at-once": lines(event({}, "content_filter"), DONE),

  "tools-by-index": toolCalls(
    [{ index: 0, id: "a", type: "function", function: { name: "recherche", arguments: "" } }],
    [{ index: 0, function: { arguments: QUERY.slice(0, 6) } }],
    [{ index: 1, id: "b", type: "function", function: { name: "lecture", arguments: '{"url":' } }],
    [{ index: 0, function: { arguments: QUERY.slice(6) } }],
    [{ index: 1, function: { arguments: '"https://exemple.fr"}' } }],
  ),
  "tools-whole": toolCalls([
    { index: 0, id: "a", type: "function", function: { name: "recherche", arguments: QUERY } },
    { index: 1, id: "b", type: "function", function: { name: "lecture", arguments: '{"url":"https://exemple.fr"}' } },
  ]),
  "tools-without-id": toolCalls(
    [{ index: 0, function: { name: "recherche", arguments: QUERY } }],
    [{ index: 1, function: { name: "lecture", arguments: '{"url":"https://exemple.fr"}' } }],
  ),
  "tools-with-one-id": toolCalls(
    [{ index: 0, id: "a", function: { name: "recherche", arguments: QUERY } }],
    [{ index: 1, id: "a", function: { name: "lecture", arguments: '{"url":"https://exemple.fr"}' } }],
  ),
  "tools-without-index": toolCalls(
    [{ id: "a", function: { name: "recherche", arguments: QUERY.slice(0, 6) } }],
    [{ function: { arguments: QUERY.slice(6) } }],
    [{ id: "b", function: { name: "lecture", arguments: '{"url":"https://exemple.fr"}' } }],
  ),
  "tools-with-object-arguments": toolCalls([
    { index: 0, id: "a", function: { name: "recherche", arguments: { q: "congé parental" } } },
    { index: 0, id: "b", function: { name: "lecture", arguments: { url: "https://exemple.fr" } } },
  ]),
  "tools-that-finish-with-stop": lines(
    event({ tool_calls: [{ index: 0, id: "a", function: { name: "recherche", arguments: QUERY } }] }),
    event({
      tool_calls: [{ index: 1, id: "b", function: { name: "lecture", arguments: '{"url":"https://exemple.fr"}' } }],
    }),
    ...END,
  ),
  "tools-with-invalid-json": toolCalls([
    { index: 0, id: "a", function: { name: "recherche", arguments: "{q: congé" } },
  ]),

  "error-event-at-once": lines("event: error", `data: ${JSON.stringify({ error: { message: "boom" } })}`),
  "error-data-at-once": lines(`data: ${JSON.stringify({ error: "boom" })}`),
  "error-raw-at-once": lines(JSON.stringify({ detail: "boom" })),
  "error-raw-indented": exactly(JSON.stringify({ message: "boom" }, null, 2), "application/json"),
  "error-says-busy": lines(`data: ${JSON.stringify({ error: { message: "Slow down", code: 429 } })}`),
  "error-says-too-long": lines(`data: ${JSON.stringify({ error: { message: TOO_LONG } })}`),

  "too-long-error-object": status(400, { error: { message: TOO_LONG, type: "invalid_request_error" } }),
  "too-long-error-code": status(400, { error: { message: "Refused", code: "context_length_exceeded" } }),
  "too-long-error-text": status(400, { error: TOO_LONG }),
  "too-long-detail": status(400, { detail: TOO_LONG }),
  "too-long-detail-list": status(422, { detail: [{ loc: ["body"], msg: TOO_LONG, type: "value_error" }] }),
  "too-long-message": status(400, { object: "error", message: TOO_LONG, code: 400 }),
  "too-long-plain": status(400, TOO_LONG, { "content-type": "text/plain" }),
  "413": status(413, { detail: "Too large" }),

  "429-seconds": wrongAtFirst(busy(429, { "retry-after": "0.3" })),
  "429-date": busyUntil(1500),
  "429-silent": wrongAtFirst(busy(429)),
  "503-silent": wrongAtFirst(busy(503), 2),
  "429-three-times": wrongAtFirst(busy(429, { "retry-after": "0" }), 3),
  "429-for-long": wrongAtFirst(busy(429, { "retry-after": "11" })),
  "429-for-five-seconds": busy(429, { "retry-after": "5" }),
  "busy-after-a-word": lines(say("Début"), `data: ${JSON.stringify({ error: { message: "Slow down", code: 429 } })}`),

  "unknown-stream_options": without("stream_options", 422, {
    detail: [{ type: "extra_forbidden", loc: ["body", "stream_options"], msg: "Extra inputs are not permitted" }],
  }),
  "unknown-temperature": without("temperature", 400, {
    error: { message: "Unsupported value", param: "temperature", code: "unsupported_value" },
  }),
  "unknown-reasoning_effort": without("reasoning_effort", 400, {
    error: { message: "Unrecognized request argument supplied: reasoning_effort" },
  }),
  "unknown-seed": without("seed", 422, { message: "Extra inputs are not permitted: seed" }),
  "unknown-tools": without("tools", 400, { error: "this model does not support tools" }),

  "html-portal": status(403, "<!DOCTYPE html><html><body>Portail d’authentification</body></html>"),
  "html-not-found": status(404, "<html><body>404</body></html>"),
};
