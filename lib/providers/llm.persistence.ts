import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { type Complaint, failureOf, findComplaint, isPage } from "./llm.complaints";

const RETRIES_MAX = 2;
/** A server that asks for more has nothing for this answer: another model, or the agent's own « Réessayer », has. */
const RETRY_WAIT_MAX_MS = 10_000;
const FIRST_BACK_OFF_MS = 500;
const ERROR_CHARACTERS_MAX = 64_000;

/** What some servers do not know, and what goes away with it. */
const OPTIONS: Record<string, { words: RegExp; without: string[] }> = {
  stream_options: { words: /\bstream_options\b|\binclude_usage\b/i, without: ["stream_options"] },
  seed: { words: /\bseed\b/i, without: ["seed"] },
  temperature: { words: /\btemperature\b/i, without: ["temperature"] },
  reasoning_effort: { words: /\breasoning_effort\b/i, without: ["reasoning_effort"] },
  tools: { words: /\btools?\b|\btool_choice\b|\bfunction calling\b/i, without: ["tools", "tool_choice"] },
};

const fields = z.record(z.string(), z.unknown());

type Persistence = {
  /** Milliseconds since the epoch: no wait goes beyond. */
  deadlineAt: number;
  /** The options this model's server does not know, learned and kept. */
  refusedOptions: Set<string>;
};

/**
 * A `fetch` that asks again, before any answer, when it may help: a busy server a little later, a server that does not
 * know an option without it. Gives successful answers only; otherwise throws an `AppError` with the code of what is wrong.
 */
export function persistentFetch(
  fetchFromServer: typeof fetch,
  { deadlineAt, refusedOptions }: Persistence,
): typeof fetch {
  return async (input, init) => {
    let dropped: string[] = [];
    for (let retries = 0; ; ) {
      const body = withoutOptions(init?.body, [...refusedOptions, ...dropped]);
      const response = await fetchFromServer(input, { ...init, ...(body !== undefined && { body }) }).catch(rethrow);
      if (response.ok) {
        for (const option of dropped) refusedOptions.add(option);
        return response;
      }
      const complaint = await readComplaint(response);
      if (complaint === null) throw new AppError(response.status < 500 ? "model_unreachable" : "model_failed");

      const unknown = dropped.length === 0 ? unknownOptions(response.status, complaint, body) : [];
      if (unknown.length > 0) {
        dropped = unknown;
        continue;
      }
      const waitMs = retries < RETRIES_MAX ? waitBefore(retries, response) : null;
      if (waitMs === null || Date.now() + waitMs >= deadlineAt) throw failureOf(response.status, complaint);
      retries += 1;
      await wait(waitMs, undefined, init?.signal ? { signal: init.signal } : {});
    }
  };
}

function rethrow(error: unknown): never {
  // No answer at all: refused connection, unknown host, broken TLS. A stop has its own name.
  if (error instanceof TypeError) throw new AppError("model_unreachable", { cause: error });
  throw error;
}

/** Null when what answers is no model's server but a page of some proxy. */
async function readComplaint(response: Response): Promise<Complaint | null> {
  const text = (await response.text()).slice(0, ERROR_CHARACTERS_MAX);
  if (isPage(response.headers.get("content-type"), text)) return null;
  const nothing = { message: "", code: "" };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "string") return { ...nothing, message: value };
    const said = fields.safeParse(value);
    return (said.success && findComplaint(said.data)) || nothing;
  } catch {
    return { ...nothing, message: text }; // plain text, as some gateways answer
  }
}

function unknownOptions(status: number, { message }: Complaint, body: string | undefined): string[] {
  if ((status !== 400 && status !== 422) || body === undefined) return [];
  const sent = fields.parse(JSON.parse(body));
  return Object.entries(OPTIONS)
    .filter(([name, { words }]) => sent[name] !== undefined && words.test(message))
    .map(([name]) => name);
}

function withoutOptions(body: BodyInit | null | undefined, names: string[]): string | undefined {
  if (typeof body !== "string") return undefined;
  if (names.length === 0) return body;
  const unwanted = names.flatMap((name) => OPTIONS[name]?.without ?? []);
  const kept = Object.entries(fields.parse(JSON.parse(body))).filter(([name]) => !unwanted.includes(name));
  return JSON.stringify(Object.fromEntries(kept));
}

function waitBefore(retries: number, response: Response): number | null {
  if (response.status !== 429 && response.status !== 503) return null;
  const asked = retryAfterMs(response.headers.get("retry-after"), Date.now());
  const waitMs = asked ?? backOffMs(retries, Math.random());
  return waitMs <= RETRY_WAIT_MAX_MS ? waitMs : null;
}

/** `Retry-After`, in seconds or as a date; null when the server does not say, or says nothing that can be read. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (!header) return null;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** Doubles at each retry; `random` (0 to 1) spreads those who were refused together. */
export const backOffMs = (retries: number, random: number): number => FIRST_BACK_OFF_MS * 2 ** retries * (0.5 + random);
