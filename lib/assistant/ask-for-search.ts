import "server-only";
import { toErrorCode } from "@/lib/errors/app-error";
import { type AnswerEvent, type AnswerRequest, streamAnswer, type ToolCall } from "@/lib/providers/llm";
import { WEB_QUERY_INSTRUCTIONS, webQueryPrompt } from "./prompts/web-query";
import type { OpenTurn } from "./start-turn";
import { specOf } from "./tools/run-tools";

const SEARCH = "search_web";
/** More words than this are no query but an answer. */
const QUERY_WORDS_MAX = 25;
/** Enough to know it. */
const SAID_CHARACTERS_MAX = 1_000;
/** The model said something, but nothing that can be used. */
const NOTHING_USEFUL = ["model_empty_answer", "model_malformed_answer", "model_filtered"];

type Heard = Extract<AnswerEvent, { type: "model" | "usage" }>;

/**
 * The search that answers the question, whatever the model would prefer: the call it makes when it must; else the query it writes
 * when it is asked for that alone; else the question itself. Tells who speaks and what it costs. Fails as `streamAnswer` does.
 */
export async function* askForSearch(
  request: AnswerRequest,
  { said, canCall }: { said: OpenTurn["said"]; canCall: boolean },
): AsyncGenerator<Heard, ToolCall> {
  const called = canCall ? yield* callOf(request) : null;
  if (called) return called;
  const query = (yield* queryOf(request, said)) || said.question;
  return { id: SEARCH, name: SEARCH, arguments: JSON.stringify({ query: query.slice(0, QUERY_CHARACTERS) }) };
}

const QUERY_CHARACTERS = 400;

/** Null when it says something else. */
async function* callOf(request: AnswerRequest): AsyncGenerator<Heard, ToolCall | null> {
  const spec = specOf(SEARCH);
  if (!spec) return null;
  const forced = { ...request, tools: [spec], mustCall: SEARCH };
  let call: ToolCall | null = null;
  try {
    for await (const event of streamAnswer(forced)) {
      if (event.type === "model" || event.type === "usage") yield event;
      if (event.type === "tool-calls") call ??= event.calls.find(isSearch) ?? null;
    }
  } catch (error) {
    if (request.signal.aborted || !NOTHING_USEFUL.includes(toErrorCode(error))) throw error;
  }
  return call;
}

/** A call with a query in it: one without is as good as none. */
function isSearch({ name, arguments: said }: ToolCall): boolean {
  return name === SEARCH && queryIn(said) !== "";
}

async function* queryOf(request: AnswerRequest, said: OpenTurn["said"]): AsyncGenerator<Heard, string> {
  const content = webQueryPrompt(said);
  const plain = { ...request, instructions: WEB_QUERY_INSTRUCTIONS, messages: [{ role: "user" as const, content }] };
  let text = "";
  try {
    for await (const event of streamAnswer(plain)) {
      if (event.type === "model" || event.type === "usage") yield event;
      if (event.type === "text") text += event.delta;
      if (text.length > SAID_CHARACTERS_MAX) break;
    }
  } catch (error) {
    if (request.signal.aborted || !NOTHING_USEFUL.includes(toErrorCode(error))) throw error;
  }
  return toQuery(text);
}

/** What a model wrote as a query; empty when it is none. */
function toQuery(text: string): string {
  const json = /\{[^{}]*\}/.exec(text)?.[0];
  const line = (json && queryIn(json)) || (text.split("\n").find((each) => each.trim() !== "") ?? "");
  const words = line
    .replace(/^\s*(?:[-*#>]+\s*)?(?:\*\*)?(?:requête|recherche|query)(?:\*\*)?\s*[:：]\s*/iu, "")
    .replace(/[«»“”"`*#]/g, " ")
    .split(/\s+/)
    .filter(Boolean);
  return words.length > QUERY_WORDS_MAX ? "" : words.join(" ");
}

function queryIn(json: string): string {
  try {
    const said: unknown = JSON.parse(json);
    return said && typeof said === "object" && "query" in said && typeof said.query === "string"
      ? said.query.trim()
      : "";
  } catch {
    return ""; // no JSON: read as it is written
  }
}
