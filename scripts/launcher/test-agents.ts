import { replaceDatabase as setProcessDatabase } from "../../db/client.ts";
import type { OpenDatabase } from "../../db/open.ts";
import { seedTestAgents } from "../../dev/seed-test-agents.ts";

/** Gives their accounts to the agents of the demonstration identity provider. */
export async function admitTestAgents(database: OpenDatabase): Promise<void> {
  setProcessDatabase(database);
  try {
    await seedTestAgents();
  } finally {
    setProcessDatabase(undefined);
  }
}
