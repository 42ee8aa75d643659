import "server-only";
import { and, eq, ne } from "drizzle-orm";
import { asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { isModelAllowed } from "@/lib/providers/llm";
import { RESTORED_SETTINGS, type RestoredSetting, type Theme } from "./rules";
import type { ExportedSettings, SearchChoices } from "./schema";

export async function changeTheme(actor: Actor, theme: Theme): Promise<void> {
  await asMember(actor.agentId, (tx) => tx.update(agents).set({ theme }).where(eq(agents.id, actor.agentId)));
}

export async function changeInstructions(actor: Actor, instructions: string): Promise<void> {
  await asMember(actor.agentId, (tx) => tx.update(agents).set({ instructions }).where(eq(agents.id, actor.agentId)));
}

/** Refuses a model that the actor's role may not use. */
export async function chooseModel(actor: Actor, modelId: string): Promise<void> {
  if (!isModelAllowed(modelId, actor.role)) throw new AppError("forbidden_model");
  await asMember(actor.agentId, (tx) => tx.update(agents).set({ modelId }).where(eq(agents.id, actor.agentId)));
}

export async function enableShortcuts(actor: Actor, shortcutsEnabled: boolean): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx.update(agents).set({ shortcutsEnabled }).where(eq(agents.id, actor.agentId)),
  );
}

/** How the web is searched for the actor: what `choices` does not say stays as it was. */
export async function chooseSearches(actor: Actor, { searchesAlone, confirmsSearches }: SearchChoices): Promise<void> {
  const changed = {
    ...(searchesAlone !== undefined && { searchesAlone }),
    ...(confirmsSearches !== undefined && { confirmsSearches }),
  };
  if (Object.keys(changed).length === 0) return;
  await asMember(actor.agentId, (tx) => tx.update(agents).set(changed).where(eq(agents.id, actor.agentId)));
}

/** Gives back what was taken away, where the actor has chosen nothing else since. Gives which settings changed. */
export async function restoreSettings(actor: Actor, given: ExportedSettings): Promise<RestoredSetting[]> {
  const untouched = {
    theme: "system",
    instructions: "",
    modelId: null,
    shortcutsEnabled: true,
    confirmsSearches: false,
  };
  const { modelId, ...others } = given;
  const wanted: ExportedSettings = modelId && isModelAllowed(modelId, actor.role) ? given : others;
  return asMember(actor.agentId, async (tx) => {
    const [current] = await tx
      .select({
        theme: agents.theme,
        instructions: agents.instructions,
        modelId: agents.modelId,
        shortcutsEnabled: agents.shortcutsEnabled,
        confirmsSearches: agents.confirmsSearches,
      })
      .from(agents)
      .where(eq(agents.id, actor.agentId))
      .for("update");
    const restored = RESTORED_SETTINGS.filter(
      (name) => current?.[name] === untouched[name] && wanted[name] !== undefined && wanted[name] !== untouched[name],
    );
    if (restored.length === 0) return [];
    await tx
      .update(agents)
      .set(Object.fromEntries(restored.map((name) => [name, wanted[name]])))
      .where(eq(agents.id, actor.agentId));
    return restored;
  });
}

/** Keeps the date of the choice in force: saying the same again does not move it. */
export async function decideAnalysis(actor: Actor, isAllowed: boolean, now = new Date()): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx
      .update(agents)
      .set({ analysisAllowed: isAllowed, analysisDecidedAt: now })
      .where(and(eq(agents.id, actor.agentId), ne(agents.analysisAllowed, isAllowed))),
  );
}
