import "server-only";
import { eq } from "drizzle-orm";
import { asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import type { Actor } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { type Counter, rateLimit } from "@/lib/providers/rate-limit";
import { type LimitName, type Limits, windowOf } from "./rules";
import type { Allowance } from "./schema";

export type NamedCounter = Counter & { name: LimitName };

function configuredLimits(): Limits {
  const settings = env();
  return {
    agentMessages: settings.LIMIT_AGENT_MESSAGES_PER_MINUTE,
    organizationMessages: settings.LIMIT_ORGANISATION_MESSAGES_PER_MINUTE,
    agentTokens: settings.LIMIT_AGENT_TOKENS_PER_DAY,
    organizationTokens: settings.LIMIT_ORGANISATION_TOKENS_PER_DAY,
  };
}

/** The counters that limit this agent now; none of those that are set to 0. */
export async function listCounters(agentId: string, names: readonly LimitName[], now: Date): Promise<NamedCounter[]> {
  const limits = configuredLimits();
  const inForce = names.filter((name) => limits[name] > 0);
  const siret = inForce.some(isOfOrganization) ? await findSiret(agentId) : null;
  return inForce.flatMap((name) => {
    const owner = isOfOrganization(name) ? siret : agentId;
    if (owner === null) return []; // an agent without an organization
    const window = windowOf(name, now);
    return [{ name, key: `${name}:${owner}:${window.name}`, limit: limits[name], endsAt: window.endsAt }];
  });
}

const isOfOrganization = (name: LimitName) => name === "organizationMessages" || name === "organizationTokens";

async function findSiret(agentId: string): Promise<string | null> {
  const [found] = await asMember(agentId, (tx) =>
    tx.select({ siret: agents.siret }).from(agents).where(eq(agents.id, agentId)),
  );
  return found?.siret ?? null;
}

/** What the actor may still use; only the limits that are in force. */
export async function listAllowances(actor: Actor, now = new Date()): Promise<Allowance[]> {
  const names: LimitName[] = ["agentMessages", "agentTokens", "organizationMessages", "organizationTokens"];
  const counters = await listCounters(actor.agentId, names, now);
  const used = await rateLimit().peek(counters);
  return counters.map(({ name, limit, endsAt }, index) => ({
    name,
    limit,
    left: Math.max(limit - (used[index] ?? 0), 0),
    reopensAt: endsAt,
  }));
}
