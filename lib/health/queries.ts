import "server-only";
import { isDatabaseReachable } from "@/db/client";
import { isStopping } from "@/lib/process/stopping";
import { isModelReachable } from "@/lib/providers/llm";

export type Readiness = { ready: boolean; checks: { database: boolean; model: boolean; accepting: boolean } };

/** Whether this process can serve people now. Says which part fails, never why: anyone may ask. */
export async function getReadiness(): Promise<Readiness> {
  const [database, model] = await Promise.all([isDatabaseReachable(), isModelReachable()]);
  const checks = { database, model, accepting: !isStopping() };
  return { ready: Object.values(checks).every(Boolean), checks };
}
