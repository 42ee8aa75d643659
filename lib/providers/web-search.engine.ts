import "server-only";
import type { SearchEngine, SearchPeriod, WebResult } from "@/lib/web/schema";

/** What an engine is asked: one page of results, from 1. */
export type EngineQuestion = { text: string; period: SearchPeriod | null; page: number };

export type EngineAnswer = {
  results: WebResult[];
  /** Another page may be asked for. */
  hasMore: boolean;
};

/** A search engine, as each adapter makes one. */
export type SearchEngineAdapter = {
  engine: SearchEngine;
  /** Throws a `SearchEngineError`, or the reason of the signal. */
  search(question: EngineQuestion, signal: AbortSignal): Promise<EngineAnswer>;
};

/** Engines are asked on behalf of someone who waits. */
export const ENGINE_MS = 5_000;

/** What an engine can do wrong, as the logs say it. */
export type EngineFault =
  | "timeout"
  | "unreachable"
  /** It has too much to do, or we asked too much. */
  | "busy"
  /** The key, or the address of this machine. */
  | "refused"
  /** SearXNG whose settings do not list `json` among the formats. */
  | "json_disabled"
  | "failed"
  /** Not JSON, or not the expected shape. */
  | "malformed"
  | "too_large"
  /** It answers, but none of those it asks did. */
  | "unresponsive";

/** An engine did not answer. */
export class SearchEngineError extends Error {
  override readonly name = "SearchEngineError";
  readonly fault: EngineFault;
  /** How long it asks to be left alone, when it says. */
  readonly retryAfterMs: number | undefined;

  constructor(fault: EngineFault, { retryAfterMs, ...options }: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(fault, options);
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}
