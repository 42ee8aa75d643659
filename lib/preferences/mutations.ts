import "server-only";
import { and, eq, ne } from "drizzle-orm";
import { asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { isModelAllowed } from "@/lib/providers/llm";
import type { Theme } from "./rules";

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

/** Keeps the date of the choice in force: saying the same again does not move it. */
export async function decideAnalysis(actor: Actor, isAllowed: boolean, now = new Date()): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx
      .update(agents)
      .set({ analysisAllowed: isAllowed, analysisDecidedAt: now })
      .where(and(eq(agents.id, actor.agentId), ne(agents.analysisAllowed, isAllowed))),
  );
}
