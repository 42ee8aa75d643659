import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { rateLimit } from "@/lib/providers/rate-limit";
import { listCounters, type NamedCounter } from "./queries";
import { isMessageLimit } from "./rules";

/**
 * Counts a message of the actor's and their organization's, or refuses it with the moment when it can be sent. The function
 * returned gives it back: nothing was asked after all.
 */
export async function takeMessage(actor: Actor, now = new Date()): Promise<() => Promise<void>> {
  const counters = await listCounters(
    actor.agentId,
    ["agentMessages", "organizationMessages", "agentTokens", "organizationTokens"],
    now,
  );
  await take(counters);
  return () =>
    rateLimit().add(counters.filter(({ name }) => isMessageLimit(name)).map((counter) => ({ ...counter, cost: -1 })));
}

/** For a question that was counted when it was sent, and goes out now: only the tokens of the day can refuse it. */
export async function requireTokens(actor: Actor, now = new Date()): Promise<void> {
  await take(await listCounters(actor.agentId, ["agentTokens", "organizationTokens"], now));
}

/** A message costs one; its tokens are counted once they are known, and the day is closed when none is left. */
async function take(counters: readonly NamedCounter[]): Promise<void> {
  const demands = counters.map((counter) => ({ ...counter, cost: isMessageLimit(counter.name) ? 1 : 0 }));
  const answer = await rateLimit().take(demands);
  if (answer.ok) return;
  const refused = counters.find(({ key }) => key === answer.refused.key);
  const code = refused && isMessageLimit(refused.name) ? "limit_messages" : "limit_tokens";
  throw new AppError(code, { reopensAt: answer.refused.endsAt });
}

/** Counts the tokens of a turn that ended, on the day it ends. */
export async function recordTokens(actor: Actor, tokens: number, now = new Date()): Promise<void> {
  if (tokens <= 0) return;
  const counters = await listCounters(actor.agentId, ["agentTokens", "organizationTokens"], now);
  await rateLimit().add(counters.map((counter) => ({ ...counter, cost: tokens })));
}
