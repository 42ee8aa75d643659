import { sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import type { Actor } from "@/lib/auth/actor";

/** As if what was done to an agent's conversations had been done so long before, such as "31 days". */
export async function madeOlder(
  actor: Actor,
  column: "used_at" | "deleted_at" | "announced_at",
  by: string,
): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx.execute(sql`update conversations set ${sql.identifier(column)} = ${sql.identifier(column)} - ${by}::interval`),
  );
}
