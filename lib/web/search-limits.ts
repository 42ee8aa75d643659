import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { minuteOf, parisDayOf } from "@/lib/limits/rules";
import { type Counter, rateLimit } from "@/lib/providers/rate-limit";

/**
 * Counts a search of the agent's, or refuses it with the moment when it can be made (`web_search_limit`). The function returned
 * gives it back: no engine answered.
 */
export async function takeSearch(agentId: string, now = new Date()): Promise<() => Promise<void>> {
  const counters = countersOf(agentId, now);
  const answer = await rateLimit().take(counters.map((counter) => ({ ...counter, cost: 1 })));
  if (!answer.ok) throw new AppError("web_search_limit", { reopensAt: answer.refused.endsAt });
  return () => rateLimit().add(counters.map((counter) => ({ ...counter, cost: -1 })));
}

/** The day first: when both are used, it is the one that says when to come back. */
function countersOf(agentId: string, now: Date): Counter[] {
  const { WEB_SEARCH_PER_AGENT_PER_DAY, WEB_SEARCH_PER_AGENT_PER_MINUTE } = env();
  return [
    { window: parisDayOf(now), limit: WEB_SEARCH_PER_AGENT_PER_DAY },
    { window: minuteOf(now), limit: WEB_SEARCH_PER_AGENT_PER_MINUTE },
  ]
    .filter(({ limit }) => limit > 0)
    .map(({ window, limit }) => ({ key: `webSearch:${agentId}:${window.name}`, limit, endsAt: window.endsAt }));
}
