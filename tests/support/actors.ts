import { asGate } from "@/db/client";
import { agents } from "@/db/schema/agents";
import type { Actor } from "@/lib/auth/actor";
import { AGENT_ROLES, type AgentRole } from "@/lib/auth/schema";
import { newId } from "@/lib/id";

type AgentFields = Partial<typeof agents.$inferInsert>;

/** A new account, and the actor it would be after signing in. */
export async function anActor(fields: AgentFields = {}): Promise<Actor> {
  const id = newId();
  await asGate((tx) =>
    tx.insert(agents).values({
      id,
      email: `agent-${id}@ministere.example`,
      givenName: "Camille",
      usualName: "Martin",
      siret: "11000201100044",
      organizationLabel: "Ministère de l’exemple",
      ...fields,
    }),
  );
  return { agentId: id, sessionId: newId(), role: fields.role ?? "member" } as Actor;
}

const ROLE_NAMES: Record<AgentRole, string> = {
  member: "another agent",
  referent: "a référent",
  analyst: "an analyst",
  administrator: "an administrator",
};

/** For `describe.each`: one of each role, none of whom may read or change what is an agent's. */
export const someoneElse = AGENT_ROLES.map(
  (role) => [ROLE_NAMES[role], (fields: AgentFields = {}) => anActor({ ...fields, role })] as const,
);
