import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { installModelsOf } from "@/tests/support/models";
import {
  changeInstructions,
  changeTheme,
  chooseModel,
  chooseSearches,
  decideAnalysis,
  enableShortcuts,
  restoreSettings,
} from "./mutations";
import { getModelId, getProfile } from "./queries";

installModelsOf([{ id: "grand" }, { id: "petit" }, { id: "reserve", roles: ["analyst", "administrator"] }]);

const changes: [string, (actor: Actor) => Promise<void>][] = [
  ["theme", (actor) => changeTheme(actor, "dark")],
  ["instructions", (actor) => changeInstructions(actor, "Réponses courtes.")],
  ["model", (actor) => chooseModel(actor, "petit")],
  ["keyboard shortcuts", (actor) => enableShortcuts(actor, false)],
  ["automatic searches", (actor) => chooseSearches(actor, { searchesAlone: true })],
  ["confirmation of queries", (actor) => chooseSearches(actor, { confirmsSearches: true })],
  ["settings of an archive", async (actor) => void (await restoreSettings(actor, { theme: "light" }))],
  ["choice on analysis", (actor) => decideAnalysis(actor, true)],
];

const nobody = () => ({ agentId: newId(), sessionId: newId(), role: "member" }) as Actor;

onEachDatabase(() => {
  it("starts with the system's theme, no instructions, analysis not allowed, keyboard shortcuts, and searches only when asked for", async () => {
    expect(await getProfile(await anActor({ givenName: "Inès", organizationLabel: null }))).toMatchObject({
      givenName: "Inès",
      organizationLabel: null,
      theme: "system",
      instructions: "",
      modelId: null,
      analysisAllowed: false,
      analysisDecidedAt: null,
      shortcutsEnabled: true,
      searchesAlone: false,
      confirmsSearches: false,
    });
  });

  it("remembers what its owner changes", async () => {
    const alice = await anActor();
    for (const [, change] of changes) await change(alice);
    expect(await getProfile(alice)).toMatchObject({
      theme: "dark",
      instructions: "Réponses courtes.",
      modelId: "petit",
      analysisAllowed: true,
      analysisDecidedAt: expect.any(Date),
      shortcutsEnabled: false,
      searchesAlone: true,
      confirmsSearches: true,
    });
  });

  describe.each(someoneElse)("%s", (_who, make) => {
    it("is shown their own profile and model, never another's", async () => {
      const alice = await anActor({ instructions: "Le secret d’Alice" });
      const other = await make();
      await chooseModel(alice, "petit");
      expect([await getModelId(alice), await getModelId(other)]).toEqual(["petit", "grand"]);
      expect(await getProfile(other)).not.toEqual(await getProfile(alice));
      expect(JSON.stringify(await getProfile(other))).not.toContain("Alice");
    });

    it.each(changes)("leaves everyone else's %s alone when changing theirs", async (_what, change) => {
      const alice = await anActor();
      const before = await getProfile(alice);
      await change(await make());
      expect(await getProfile(alice)).toEqual(before);
    });
  });

  describe("the model that answers", () => {
    it("is the first one the agent may use, until they choose", async () => {
      const alice = await anActor();
      expect(await getModelId(alice)).toBe("grand");
      await chooseModel(alice, "petit");
      expect(await getModelId(alice)).toBe("petit");
    });

    it.each([
      ["member", "forbidden_model"],
      ["referent", "forbidden_model"],
      ["analyst", null],
      ["administrator", null],
    ] as const)("may be one reserved to some roles only for them: %s", async (role, code) => {
      const actor = await anActor({ role });
      const refusal = await chooseModel(actor, "reserve").then(
        () => null,
        (error: unknown) => error,
      );
      if (code) expect(refusal).toMatchObject({ code });
      else expect(refusal).toBeNull();
      expect(await getModelId(actor)).toBe(code ? "grand" : "reserve");
    });

    it("is never one that is not configured, nor one that the agent may no longer use", async () => {
      const alice = await anActor();
      await expect(chooseModel(alice, "inconnu")).rejects.toMatchObject({ code: "forbidden_model" });
      expect(await getModelId(await anActor({ modelId: "retire" }))).toBe("grand");
      expect(await getModelId(await anActor({ modelId: "reserve" }))).toBe("grand");
    });
  });

  it("asks an account that no longer exists to sign in", async () => {
    await expect(getProfile(nobody())).rejects.toMatchObject({ code: "not_signed_in" });
  });

  it.each(changes)("changes nobody's %s for an account that no longer exists", async (_what, change) => {
    const alice = await anActor();
    const before = await getProfile(alice);
    await change(nobody());
    expect(await getProfile(alice)).toEqual(before);
  });

  it("changes one choice on searches without the other", async () => {
    const alice = await anActor();
    await chooseSearches(alice, { searchesAlone: true, confirmsSearches: true });
    await chooseSearches(alice, { searchesAlone: false });
    await chooseSearches(alice, {});
    expect(await getProfile(alice)).toMatchObject({ searchesAlone: false, confirmsSearches: true });
  });

  it("keeps the date of the choice in force when it is said again", async () => {
    const alice = await anActor();
    const [first, again, withdrawn] = ["2026-01-05", "2026-02-05", "2026-03-05"].map((day) => new Date(day));
    await decideAnalysis(alice, true, first);
    await decideAnalysis(alice, true, again);
    expect((await getProfile(alice)).analysisDecidedAt).toEqual(first);
    await decideAnalysis(alice, false, withdrawn);
    expect(await getProfile(alice)).toMatchObject({ analysisAllowed: false, analysisDecidedAt: withdrawn });
  });
});
