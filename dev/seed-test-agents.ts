import "server-only";
import { v7 } from "uuid";
import { asGate } from "../db/client.ts";
import { agents, identities } from "../db/schema/agents.ts";
import { testAgents } from "./test-agents.ts";

/**
 * Gives an account to the test agents that need one before they sign in: those with a role of their own, or disabled.
 * Leaves the accounts that exist as they are.
 */
export function seedTestAgents(): Promise<void> {
  const needAccount = Object.values(testAgents).filter(
    ({ outcome, role, status }) => outcome === "signs_in" && (role !== "member" || status !== "active"),
  );
  return asGate(async (tx) => {
    const known = await tx.select({ idpId: identities.idpId, sub: identities.sub }).from(identities);
    const isKnown = (agent: { idpId: string; sub: string }) =>
      known.some(({ idpId, sub }) => idpId === agent.idpId && sub === agent.sub);

    for (const agent of needAccount.filter((agent) => !isKnown(agent))) {
      const { email, givenName, usualName, siret, organizationLabel, role, status, idpId, sub } = agent;
      const id = v7();
      await tx.insert(agents).values({ id, email, givenName, usualName, siret, organizationLabel, role, status });
      await tx.insert(identities).values({ id: v7(), agentId: id, idpId, sub });
    }
  });
}
