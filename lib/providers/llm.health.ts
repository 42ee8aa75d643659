import "server-only";
import { HEALTH_WINDOW_MS, healthOf, type ObservedCall, type Probe } from "@/lib/models/rules";
import type { ModelEntry, ModelHealth, ProviderEntry } from "@/lib/models/schema";
import { apiKeyOf, providerOf } from "./llm.registry";

const PROBE_EVERY_MS = 30_000;
const PROBE_TIMEOUT_MS = 2_000;
/** A provider nobody used for so long is left alone. */
const IN_USE_MS = 5 * 60_000;
const CALLS_KEPT_MAX = 500;

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
  assistantModelHealth?: { watches: Map<string, Watch>; calls: Map<string, ObservedCall[]> };
};

function known() {
  shared.assistantModelHealth ??= { watches: new Map(), calls: new Map() };
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
  return healthOf(known().calls.get(model.id) ?? [], watchOf(provider).seen, Date.now());
}

export function recordCall(modelId: string, call: ObservedCall): void {
  const since = call.at - HEALTH_WINDOW_MS;
  const recent = (known().calls.get(modelId) ?? []).filter(({ at }) => at > since).slice(1 - CALLS_KEPT_MAX);
  known().calls.set(modelId, [...recent, call]);
}

/** Whether a provider answers, whatever it answers; a look younger than `maxAgeMs` is believed. */
export function isProviderReachable(provider: ProviderEntry, maxAgeMs: number): Promise<boolean> {
  const watch = watchOf(provider);
  if (!watch.look || Date.now() - watch.lookedAt >= maxAgeMs) {
    watch.lookedAt = Date.now();
    watch.look = look(provider).then((isReachable) => {
      watch.seen = { at: Date.now(), isReachable };
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
