import "server-only";
import { isDatabaseReachable } from "@/db/client";
import { isStopping } from "@/lib/process/stopping";
import { isModelReachable } from "@/lib/providers/llm";
import { isRedisReachable } from "@/lib/providers/redis";

export type Readiness = {
  ready: boolean;
  checks: { database: boolean; model: boolean; accepting: boolean; redis?: boolean };
};

/**
 * Whether this process can serve people now. Says which part fails, never why: anyone may ask. Redis is only said: without it
 * answers go on, and taking every process out of service would help nobody.
 */
export async function getReadiness(): Promise<Readiness> {
  const [database, model, redis] = await Promise.all([isDatabaseReachable(), isModelReachable(), isRedisReachable()]);
  const needed = { database, model, accepting: !isStopping() };
  return { ready: Object.values(needed).every(Boolean), checks: { ...needed, ...(redis !== null && { redis }) } };
}
