import "server-only";

export type OrdinaryEvent = { choices: { delta: { content: string } }[] };

const DELTA_KEYS = ["content", "role"];

/**
 * True for what nearly every event of a stream is: one piece of text and nothing else. It needs no tolerance, and thousands
 * of them come each second: checked by hand, at a tenth of the price of a schema.
 */
export function isOrdinaryEvent(value: unknown): value is OrdinaryEvent {
  if (!isRecord(value) || !Array.isArray(value.choices) || value.choices.length !== 1) return false;
  if (value.usage || value.error || value.detail) return false;
  const choice: unknown = value.choices[0];
  if (!isRecord(choice) || choice.finish_reason || !isRecord(choice.delta)) return false;
  if (typeof choice.delta.content !== "string") return false;
  for (const key in choice.delta) if (!DELTA_KEYS.includes(key) && choice.delta[key]) return false;
  return true;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
