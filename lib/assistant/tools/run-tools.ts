import "server-only";
import { z } from "zod";
import { toErrorCode } from "@/lib/errors/app-error";
import type { ModelMessage, ToolCall, ToolSpec } from "@/lib/providers/llm";
import { reportFailure } from "@/lib/telemetry/report";
import { CALL_ID_CHARACTERS_MAX } from "../schema";
import { deadline } from "./deadline";
import { queryTable } from "./query-table";
import { readPages } from "./read-pages";
import { readWebPage } from "./read-web-page";
import { reported } from "./reported";
import { searchDocuments } from "./search-documents";
import { searchWeb } from "./search-web";
import { type CallContext, type Tool, type ToolContext, ToolRefusal } from "./tool";
import { type ToolName, type ToolPart, toolPart } from "./tool-parts";

/** A tool that answers no more is a tool that failed: the answer goes on without it. */
const TOOL_TIMEOUT_MS = 30_000;
/** A model that asks for more at once has lost its way. */
const CALLS_MAX = 8;

const tools: readonly Tool[] = [deadline, searchDocuments, readPages, queryTable, searchWeb, readWebPage];

function toSpec({ name, description, input }: Tool): ToolSpec {
  const { $schema: _, ...parameters } = z.toJSONSchema(input, { io: "input" });
  return { name, description, parameters: parameters as ToolSpec["parameters"] };
}

/** Made once: a schema costs more to write than a turn has to spend. */
const specs = tools.map(toSpec);

/** A tool as a model knows it. */
export const specOf = (name: ToolName): ToolSpec | undefined => specs.find((spec) => spec.name === name);

const isOffered = async (tool: Tool, context: ToolContext): Promise<boolean> =>
  (await tool.isUseful?.(context)) ?? true;

/** The tools that may serve in a turn, as a model knows them. */
export async function toolsFor(context: ToolContext): Promise<ToolSpec[]> {
  const useful = await Promise.all(tools.map((tool) => isOffered(tool, context)));
  return specs.filter((_, index) => useful[index]);
}

/**
 * Runs what a model asked, one call after the other, telling each as it starts, as it goes and as it ends; gives what the model
 * is to read. `takenIds` are those of the calls of earlier rounds, to which these are added. Fails only when the signal fires: a
 * call that makes no sense, or a tool that breaks, is a result too.
 */
export async function* runTools(
  calls: readonly ToolCall[],
  context: ToolContext,
  takenIds = new Set<string>(),
): AsyncGenerator<ToolPart, ModelMessage[]> {
  const results: ModelMessage[] = [];
  for (const [index, call] of calls.entries()) {
    context.signal.throwIfAborted();
    const tool = tools.find(({ name }) => name === call.name);
    const read = tool?.input.safeParse(parsed(call.arguments));
    const callId = freeId(call.id, takenIds);
    takenIds.add(callId);
    const begun = {
      type: "tool",
      callId,
      name: tool?.name ?? "unknown",
      input: read?.success ? read.data : null,
      output: null,
    };
    yield toolPart.parse({ ...begun, state: "running" });
    let outcome: Outcome;
    if (!tool) outcome = failed(`l’outil « ${call.name} » n’existe pas.`);
    else if (!read?.success) outcome = failed(`arguments refusés.\n${read ? z.prettifyError(read.error) : ""}`);
    else if (index >= CALLS_MAX) outcome = failed("trop d’appels à la fois.");
    else {
      const { data } = read;
      const steps = reported<unknown, Outcome>((report) => runTool(tool, data, { ...context, callId, report }));
      let step = await steps.next();
      for (; !step.done; step = await steps.next())
        yield toolPart.parse({ ...begun, state: "running", output: step.value });
      outcome = step.value;
    }
    yield toolPart.parse({ ...begun, state: outcome.state, output: outcome.output });
    results.push({ role: "tool", callId: call.id, name: call.name, content: outcome.forModel });
  }
  return results;
}

/** What the agent says to a call must reach no other, whatever identifiers a model's server gives. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id.slice(0, CALL_ID_CHARACTERS_MAX);
  for (let n = taken.size; taken.has(free); n += 1) free = `${id.slice(0, CALL_ID_CHARACTERS_MAX - 10)} ${n}`;
  return free;
}

type Outcome = { state: "done" | "failed"; output: unknown; forModel: string };

const failed = (why: string): Outcome => ({ state: "failed", output: null, forModel: `Échec : ${why}` });

async function runTool(tool: Tool, input: unknown, context: CallContext): Promise<Outcome> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(tool.timeoutMs ?? TOOL_TIMEOUT_MS)]);
  try {
    // A model may know a tool from elsewhere: it is not allowed for all that.
    if (!(await isOffered(tool, context))) return failed(`l’outil « ${tool.name} » n’est pas proposé ici.`);
    return { state: "done", ...(await tool.run(input, { ...context, signal })) };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ToolRefusal) return failed(error.message);
    reportFailure(error, { operation: `tool.${tool.name}` });
    return failed(`l’outil n’a pas répondu (${toErrorCode(error)}).`);
  }
}

/** Arguments as the model wrote them; null when they are no JSON, which every tool refuses. */
function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null; // the refusal of the tool says so to the model
  }
}
