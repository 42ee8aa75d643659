import "server-only";
import { z } from "zod";
import { toErrorCode } from "@/lib/errors/app-error";
import type { ModelMessage, ToolCall, ToolSpec } from "@/lib/providers/llm";
import { reportFailure } from "@/lib/telemetry/report";
import { deadline } from "./deadline";
import { queryTable } from "./query-table";
import { readPages } from "./read-pages";
import { searchDocuments } from "./search-documents";
import { type Tool, type ToolContext, ToolRefusal } from "./tool";
import { type ToolPart, toolPart } from "./tool-parts";

/** A tool that answers no more is a tool that failed: the answer goes on without it. */
const TOOL_TIMEOUT_MS = 30_000;
/** A model that asks for more at once has lost its way. */
const CALLS_MAX = 8;

const tools: readonly Tool[] = [deadline, searchDocuments, readPages, queryTable];

function toSpec({ name, description, input }: Tool): ToolSpec {
  const { $schema: _, ...parameters } = z.toJSONSchema(input, { io: "input" });
  return { name, description, parameters: parameters as ToolSpec["parameters"] };
}

/** Made once: a schema costs more to write than a turn has to spend. */
const specs = tools.map(toSpec);

/** The tools that may serve in a turn, as a model knows them. */
export async function toolsFor(context: ToolContext): Promise<ToolSpec[]> {
  const useful = await Promise.all(tools.map(async (tool) => (await tool.isUseful?.(context)) ?? true));
  return specs.filter((_, index) => useful[index]);
}

/**
 * Runs what a model asked, one call after the other, telling each as it starts and as it ends; gives what the model is to read.
 * Fails only when the signal fires: a call that makes no sense, or a tool that breaks, is a result too.
 */
export async function* runTools(
  calls: readonly ToolCall[],
  context: ToolContext,
): AsyncGenerator<ToolPart, ModelMessage[]> {
  const results: ModelMessage[] = [];
  for (const [index, call] of calls.entries()) {
    context.signal.throwIfAborted();
    const tool = tools.find(({ name }) => name === call.name);
    const read = tool?.input.safeParse(parsed(call.arguments));
    const begun = {
      type: "tool",
      callId: call.id,
      name: tool?.name ?? "unknown",
      input: read?.success ? read.data : null,
      output: null,
    };
    yield toolPart.parse({ ...begun, state: "running" });
    let outcome: Outcome;
    if (!tool) outcome = failed(`l’outil « ${call.name} » n’existe pas.`);
    else if (!read?.success) outcome = failed(`arguments refusés.\n${read ? z.prettifyError(read.error) : ""}`);
    else if (index >= CALLS_MAX) outcome = failed("trop d’appels à la fois.");
    else outcome = await runTool(tool, read.data, context);
    yield toolPart.parse({ ...begun, state: outcome.state, output: outcome.output });
    results.push({ role: "tool", callId: call.id, name: call.name, content: outcome.forModel });
  }
  return results;
}

type Outcome = { state: "done" | "failed"; output: unknown; forModel: string };

const failed = (why: string): Outcome => ({ state: "failed", output: null, forModel: `Échec : ${why}` });

async function runTool(tool: Tool, input: unknown, context: ToolContext): Promise<Outcome> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(TOOL_TIMEOUT_MS)]);
  try {
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
