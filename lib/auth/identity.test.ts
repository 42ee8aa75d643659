import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { asGate } from "@/db/client";
import { agents, identities, identityClaims, sessions } from "@/db/schema/agents";
import { onEachDatabase } from "@/tests/support/database";
import { anIdentity } from "@/tests/support/sessions";
import { openSession } from "./mutations";
import { findSession } from "./queries";
import type { ProconnectIdentity } from "./schema";

const open = (identity: ProconnectIdentity) =>
  openSession(identity, { idToken: "jeton", device: "Firefox, Linux", replaces: null });

async function agentOf(identity: ProconnectIdentity): Promise<string | undefined> {
  const opened = await open(identity);
  return opened.ok ? (await findSession(opened.sessionId))?.agentId : undefined;
}

const claimsOf = (sub: string) => asGate((tx) => tx.select().from(identityClaims).where(eq(identityClaims.sub, sub)));
const accountsOf = (email: string) =>
  asGate((tx) => tx.select({ id: agents.id }).from(agents).where(eq(agents.email, email)));
const identitiesOf = (sub: string) => asGate((tx) => tx.select().from(identities).where(eq(identities.sub, sub)));
const sessionsOf = (agentId: string) =>
  asGate((tx) => tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.agentId, agentId)));

onEachDatabase(() => {
  it("knows an agent again by provider and sub, whatever the e-mail became", async () => {
    const identity = anIdentity();
    const agentId = await agentOf(identity);
    const renamed = { ...identity, email: "nouveau-nom@ministere.example", usualName: "Durand" };
    expect(await agentOf(renamed)).toBe(agentId);
    const [account] = await asGate((tx) =>
      tx
        .select({ email: agents.email, usualName: agents.usualName })
        .from(agents)
        .where(eq(agents.id, agentId ?? "")),
    );
    expect(account).toEqual({ email: renamed.email, usualName: "Durand" });
  });

  it("takes the same sub of two providers for two agents", async () => {
    const identity = anIdentity();
    const other = { ...anIdentity(), sub: identity.sub, idpId: "idp-b" };
    expect(await agentOf(other)).not.toBe(await agentOf(identity));
  });

  it("joins a new sub to the account with the same e-mail and the same SIRET", async () => {
    const identity = anIdentity();
    const agentId = await agentOf(identity);
    const moved = { ...identity, idpId: "idp-b", sub: `${identity.sub}-b` };
    expect(await agentOf(moved)).toBe(agentId);
    expect(await agentOf(moved)).toBe(agentId);
    expect(await agentOf(identity)).toBe(agentId);
  });

  it("compares e-mails without regard to case, even for an account kept with capitals", async () => {
    const identity = anIdentity();
    const agentId = await agentOf(identity);
    await asGate((tx) =>
      tx
        .update(agents)
        .set({ email: identity.email.toUpperCase() })
        .where(eq(agents.id, agentId ?? "")),
    );
    expect(await agentOf({ ...identity, sub: `${identity.sub}-b` })).toBe(agentId);
  });

  it.each([
    ["another SIRET", "11000201100044", "13002526500013"],
    ["no SIRET", "11000201100044", null],
    ["no SIRET on either side", null, null],
    ["a SIRET that the account lacks", null, "11000201100044"],
  ])("leaves to an administrator the same e-mail with a new sub and %s", async (_what, known, claimed) => {
    const identity = anIdentity({ siret: known });
    const agentId = await agentOf(identity);
    const claim = { ...identity, idpId: "idp-b", sub: `${identity.sub}-b`, siret: claimed };

    expect(await open(claim)).toEqual({ ok: false, refusal: "claim_pending" });
    expect(await open(claim)).toEqual({ ok: false, refusal: "claim_pending" });

    expect(await claimsOf(claim.sub)).toMatchObject([{ agentId, idpId: "idp-b", siret: claimed }]);
    expect(await identitiesOf(claim.sub)).toEqual([]);
    expect(await accountsOf(identity.email)).toHaveLength(1);
    expect(await sessionsOf(agentId ?? "")).toHaveLength(1);
  });

  it("refuses a disabled account, and gives it no new way in", async () => {
    const identity = anIdentity();
    const agentId = await agentOf(identity);
    await asGate((tx) =>
      tx
        .update(agents)
        .set({ status: "disabled" })
        .where(eq(agents.id, agentId ?? "")),
    );
    const moved = { ...identity, sub: `${identity.sub}-b` };
    expect(await open(identity)).toEqual({ ok: false, refusal: "account_disabled" });
    expect(await open(moved)).toEqual({ ok: false, refusal: "account_disabled" });
    expect(await identitiesOf(moved.sub)).toEqual([]);
  });

  it("makes one account when the same person signs in for the first time in several places at once", async () => {
    const identity = anIdentity();
    const found = await Promise.all(Array.from({ length: 5 }, () => agentOf(identity)));
    expect(new Set(found).size).toBe(1);
    expect(await accountsOf(identity.email)).toHaveLength(1);
  });

  it("makes one account when two providers bring the same new e-mail at once", async () => {
    const identity = anIdentity();
    const others = Array.from({ length: 5 }, (_, n) => ({
      ...identity,
      idpId: `idp-${n}`,
      sub: `${identity.sub}-${n}`,
    }));
    const found = await Promise.all(others.map(agentOf));
    expect(new Set(found).size).toBe(1);
    expect(found[0]).toBeDefined();
    expect(await accountsOf(identity.email)).toHaveLength(1);
  });
});
