import "server-only";
import { healthOf, type ObservedCall, type Probe } from "@/lib/models/rules";
import type { ModelEntry, ModelHealth, ProviderEntry } from "@/lib/models/schema";
import { apiKeyOf, providerOf } from "./llm.registry";

const PROBE_EVERY_MS = 30_000;
const PROBE_TIMEOUT_MS = 2_000;
/** A provider nobody used for so long is left alone. */
const IN_USE_MS = 5 * 60_000;
const CALLS_KEPT_MAX = 500;
/** A model in good health is not examined again at each of its calls. */
const GOOD_FOR_MS = 1_000;

type Watch = {
  usedAt: number;
  timer: NodeJS.Timeout | null;
  /** When the last look began, and what it saw. */
  lookedAt: number;
  look: Promise<boolean> | null;
  seen: Probe | null;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & {
  assistantModelHealth?: {
    watches: Map<string, Watch>;
    calls: Map<string, ObservedCall[]>;
    /** Until when each model is taken to be in good health. */
    goodUntil: Map<string, number>;
  };
};

function known() {
  shared.assistantModelHealth ??= { watches: new Map(), calls: new Map(), goodUntil: new Map() };
  return shared.assistantModelHealth;
}

/** For tests: nothing was seen yet. */
export function forgetHealth(): void {
  for (const { timer } of known().watches.values()) if (timer) clearInterval(timer);
  delete shared.assistantModelHealth;
}

/** What is known now, without waiting; asking also keeps the watch on the model's provider. */
export function healthOfModel(model: ModelEntry): ModelHealth {
  const provider = providerOf(model);
  keepWatch(provider);
  const { calls, goodUntil } = known();
  const now = Date.now();
  if (now < (goodUntil.get(model.id) ?? 0)) return "good";
  const health = healthOf(calls.get(model.id) ?? [], watchOf(provider).seen, now);
  if (health === "good") goodUntil.set(model.id, now + GOOD_FOR_MS);
  return health;
}

export function recordCall(modelId: string, call: ObservedCall): void {
  const { calls, goodUntil } = known();
  const kept = calls.get(modelId) ?? [];
  kept.push(call);
  // Now and then: a call costs nothing that grows with those before it.
  calls.set(modelId, kept.length > 2 * CALLS_KEPT_MAX ? kept.slice(-CALLS_KEPT_MAX) : kept);
  if (call.isFailure) goodUntil.delete(modelId);
}

/** Whether a provider answers, whatever it answers; a look younger than `maxAgeMs` is believed. */
export function isProviderReachable(provider: ProviderEntry, maxAgeMs: number): Promise<boolean> {
  const watch = watchOf(provider);
  if (!watch.look || Date.now() - watch.lookedAt >= maxAgeMs) {
    watch.lookedAt = Date.now();
    watch.look = look(provider).then((isReachable) => {
      watch.seen = { at: Date.now(), isReachable };
      if (!isReachable) known().goodUntil.clear();
      return isReachable;
    });
  }
  return watch.look;
}

function watchOf({ id }: ProviderEntry): Watch {
  const watch = known().watches.get(id) ?? { usedAt: 0, timer: null, lookedAt: 0, look: null, seen: null };
  known().watches.set(id, watch);
  return watch;
}

function keepWatch(provider: ProviderEntry): void {
  const watch = watchOf(provider);
  watch.usedAt = Date.now();
  if (watch.timer) return;
  void isProviderReachable(provider, PROBE_EVERY_MS);
  watch.timer = setInterval(() => {
    // A little less: a timer may be early by a hair.
    if (Date.now() - watch.usedAt < IN_USE_MS) return void isProviderReachable(provider, PROBE_EVERY_MS - 1000);
    if (watch.timer) clearInterval(watch.timer);
    watch.timer = null;
  }, PROBE_EVERY_MS);
  watch.timer.unref();
}

async function look(provider: ProviderEntry): Promise<boolean> {
  const apiKey = apiKeyOf(provider);
  try {
    const response = await fetch(`${provider.baseUrl.replace(/\/$/, "")}/models`, {
      headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false; // the caller's question is exactly whether this fails
  }
}
