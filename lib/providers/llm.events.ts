import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { failureOf, findComplaint } from "./llm.complaints";
import { isJson } from "./llm.lines";
import { isOrdinaryEvent } from "./llm.ordinary";

const contentSchema = z
  .union([
    z.string(),
    z.array(
      z.union([
        z.string(),
        z.looseObject({
          text: z.string().nullish(),
          thinking: z.union([z.string(), z.array(z.looseObject({ text: z.string().nullish() }))]).nullish(),
        }),
      ]),
    ),
  ])
  .nullish();

const deltaSchema = z.looseObject({
  content: contentSchema,
  refusal: z.unknown().optional(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(z.unknown()).nullish().catch(null),
});

const count = z.number().nonnegative().nullish().catch(null);
const interval = z.looseObject({ min: z.number(), max: z.number() });

const usageSchema = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  /** Albert's, newest and older. */
  impacts: z.looseObject({ kgCO2eq: z.number() }).nullish().catch(null),
  carbon: z.looseObject({ kgCO2eq: interval }).nullish().catch(null),
});

const eventSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: deltaSchema.nullish(),
        message: deltaSchema.nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema.nullish().catch(null),
});

export type ServerEvent = z.infer<typeof eventSchema>;
export type ServerDelta = z.infer<typeof deltaSchema>;
export type ServerUsage = z.infer<typeof usageSchema>;

/** The server's closing mark. */
export const DONE = "[DONE]";

/** Lines → what the server said in them. Fails at the first error it reports, after giving what came before. */
export async function* readEvents(batches: AsyncIterable<string[]>): AsyncGenerator<(ServerEvent | typeof DONE)[]> {
  // The beginning of a JSON text that goes on over several lines.
  let begun = "";
  for await (const lines of batches) {
    const events: (ServerEvent | typeof DONE)[] = [];
    try {
      for (const line of lines) {
        const payload = payloadOf(begun + line);
        begun = "";
        if (payload === null) continue;
        if (payload.isBegun) begun = payload.text;
        else events.push(payload.text === DONE ? DONE : parseEvent(payload.text));
      }
    } catch (error) {
      if (events.length > 0) yield events;
      throw error;
    }
    if (events.length > 0) yield events;
  }
  if (begun !== "") throw new AppError("model_malformed_answer");
}

/** The JSON text of a line, with or without `data:`; null for comments, other fields and blanks. */
function payloadOf(line: string): { text: string; isBegun: boolean } | null {
  const text = line.trim();
  if (text === "" || text.startsWith(":") || /^(event|id|retry):/.test(text)) return null;
  if (text.startsWith("data:")) {
    const said = text.slice("data:".length).trim();
    return said === "" ? null : { text: said, isBegun: false };
  }
  if (text === DONE) return { text, isBegun: false };
  if (text.startsWith("{")) return { text, isBegun: !isJson(text) };
  // HTML from a proxy, or anything else that is no answer of a model.
  throw new AppError("model_malformed_answer");
}

function parseEvent(payload: string): ServerEvent {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch (cause) {
    throw new AppError("model_malformed_answer", { cause });
  }
  if (isOrdinaryEvent(value)) return value;
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) throw new AppError("model_malformed_answer", { cause: parsed.error });
  const complaint = findComplaint(parsed.data);
  if (complaint) throw failureOf(200, complaint);
  return parsed.data;
}
