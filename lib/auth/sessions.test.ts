import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asGate, asMember } from "@/db/client";
import { agents, sessions } from "@/db/schema/agents";
import { newId } from "@/lib/id";
import { someoneElse } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { anIdentity, aSession } from "@/tests/support/sessions";
import type { Actor } from "./actor";
import { purgeEndedSessions } from "./maintenance";
import { claimLogoutReturn, endSession, openSession, revokeSession, touchSession } from "./mutations";
import { findSession, listOpenSessions } from "./queries";
import { sessionLeft } from "./rules";

const start = new Date("2026-03-29T00:30:00Z");
const at = (minutes: number, seconds = 0) => new Date(start.getTime() + (minutes * 60 + seconds) * 1000);
const HOUR = 60;

const isOpen = async (sessionId: string, now: Date) => (await findSession(sessionId, now)) !== null;
const rowOf = async (sessionId: string) =>
  (await asGate((tx) => tx.select().from(sessions).where(eq(sessions.id, sessionId))))[0];

/** A session, and the actor it proves. */
async function signedIn(identity = anIdentity(), now = new Date()): Promise<Actor> {
  const session = await findSession(await aSession(identity, now), now);
  if (!session) throw new Error("the session is not open");
  const { agentId, sessionId, role } = session;
  return { agentId, sessionId, role } as Actor;
}

onEachDatabase(() => {
  describe("the end of a session", () => {
    it("comes two hours after the last activity", async () => {
      const id = await aSession(anIdentity(), start);
      expect(await isOpen(id, at(2 * HOUR, -1))).toBe(true);
      expect(await isOpen(id, at(2 * HOUR))).toBe(false);
    });

    it("moves with activity", async () => {
      const id = await aSession(anIdentity(), start);
      await touchSession(id, at(2 * HOUR, -1));
      expect(await isOpen(id, at(4 * HOUR, -2))).toBe(true);
      expect(await isOpen(id, at(4 * HOUR, -1))).toBe(false);
    });

    it("comes twelve hours after it was opened, whatever the activity", async () => {
      const id = await aSession(anIdentity(), start);
      for (let minutes = HOUR; minutes < 12 * HOUR; minutes += HOUR) await touchSession(id, at(minutes));
      expect(await isOpen(id, at(12 * HOUR, -1))).toBe(true);
      expect(await isOpen(id, at(12 * HOUR))).toBe(false);
    });

    it("cannot be taken back by activity that comes too late", async () => {
      const id = await aSession(anIdentity(), start);
      await touchSession(id, at(2 * HOUR));
      expect((await rowOf(id))?.seenAt).toEqual(start);
    });

    it("is written down again after a minute, not before", async () => {
      const id = await aSession(anIdentity(), start);
      await touchSession(id, at(1, -1));
      expect((await rowOf(id))?.seenAt).toEqual(start);
      await touchSession(id, at(1));
      expect((await rowOf(id))?.seenAt).toEqual(at(1));
    });

    it("is told to the browser: after two hours without activity, or twelve in all", async () => {
      const id = await aSession(anIdentity(), start);
      const leftAt = async (now: Date) => {
        const session = await findSession(id, now);
        return session && sessionLeft(session, now);
      };
      expect(await leftAt(at(1))).toEqual({ secondsLeft: (2 * HOUR - 1) * 60, canExtend: true });
      for (let minutes = HOUR; minutes < 12 * HOUR; minutes += HOUR) await touchSession(id, at(minutes));
      expect(await leftAt(at(11 * HOUR))).toEqual({ secondsLeft: HOUR * 60, canExtend: false });
      expect(await leftAt(at(12 * HOUR))).toBeNull();
    });

    it("comes at once when the account is disabled", async () => {
      const { agentId, sessionId } = await signedIn();
      await asGate((tx) => tx.update(agents).set({ status: "disabled" }).where(eq(agents.id, agentId)));
      expect(await isOpen(sessionId, new Date())).toBe(false);
    });

    it("does not come twice for one browser: the next sign-in replaces the session", async () => {
      const identity = anIdentity();
      const first = await aSession(identity);
      const again = await openSession(identity, { idToken: "j", device: "Firefox", replaces: first });
      expect(await isOpen(first, new Date())).toBe(false);
      expect(again.ok && (await isOpen(again.sessionId, new Date()))).toBe(true);
    });
  });

  describe("signing out", () => {
    it("ends the session, gives the ID token once, and forgets it", async () => {
      const id = await aSession();
      expect(await endSession(id, "etat-1")).toBe("jeton");
      expect(await isOpen(id, new Date())).toBe(false);
      expect(await endSession(id, "etat-2")).toBeNull();
      expect(await rowOf(id)).toMatchObject({ idToken: "", logoutState: "etat-1" });
    });

    it("recognises the return from ProConnect once", async () => {
      const state = newId();
      await endSession(await aSession(), state);
      expect(await claimLogoutReturn("un-autre")).toBe(false);
      expect(await claimLogoutReturn(state)).toBe(true);
      expect(await claimLogoutReturn(state)).toBe(false);
    });
  });

  describe("who may do what with whose session", () => {
    it("lists the open sessions of the actor, the current one marked, the latest first", async () => {
      const identity = anIdentity();
      const older = await aSession(identity, start);
      const actor = await signedIn(identity, at(1));
      await revokeSession(actor, await aSession(identity, start));
      expect(await listOpenSessions(actor, at(2))).toEqual([
        { id: actor.sessionId, device: "Firefox, Linux", createdAt: at(1), seenAt: at(1), isCurrent: true },
        { id: older, device: "Firefox, Linux", createdAt: start, seenAt: start, isCurrent: false },
      ]);
      expect(await listOpenSessions(actor, at(2 * HOUR))).toMatchObject([{ id: actor.sessionId }]);
    });

    it.each(someoneElse)("shows nothing of a session to %s, who cannot end it", async (_who, make) => {
      const owner = await signedIn();
      const other = await make();
      expect(await listOpenSessions(other)).toEqual([]);
      expect(await revokeSession(other, owner.sessionId)).toBe(false);
      expect(await isOpen(owner.sessionId, new Date())).toBe(true);
    });

    it("lets an agent end any of their own sessions, once, at once", async () => {
      const identity = anIdentity();
      const actor = await signedIn(identity);
      const elsewhere = await aSession(identity);
      expect(await revokeSession(actor, elsewhere)).toBe(true);
      expect(await isOpen(elsewhere, new Date())).toBe(false);
      expect(await isOpen(actor.sessionId, new Date())).toBe(true);
      expect(await revokeSession(actor, elsewhere)).toBe(false);
    });

    it("keeps the ID token and the identities from the member's role", async () => {
      const { agentId } = await signedIn();
      const read = () => asMember(agentId, (tx) => tx.select({ idToken: sessions.idToken }).from(sessions));
      await expect(read()).rejects.toThrow();
    });
  });

  it("purges the sessions that ended a day ago, by age or by sign-out, and no other", async () => {
    const day = 24 * HOUR;
    const old = await aSession(anIdentity(), at(-day - 12 * HOUR));
    const signedOut = await aSession(anIdentity(), at(-day));
    await endSession(signedOut, newId(), at(-day));
    const recent = await aSession(anIdentity(), at(-day - 12 * HOUR, 1));
    const open = await aSession(anIdentity(), start);
    expect(await purgeEndedSessions(start)).toBe(2);
    for (const gone of [old, signedOut]) expect(await rowOf(gone)).toBeUndefined();
    for (const kept of [recent, open]) expect(await rowOf(kept)).toBeDefined();
  });
});
