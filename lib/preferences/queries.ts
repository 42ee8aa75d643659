import "server-only";
import { eq } from "drizzle-orm";
import { cookies } from "next/headers";
import { cache } from "react";
import { asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { type Actor, findActor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { defaultModelId, isModelAllowed } from "@/lib/providers/llm";
import { THEME_COOKIE, type Theme, toTheme } from "./rules";
import type { Profile } from "./schema";

/** The actor's own; read once per request. */
export const getProfile = cache(async (actor: Actor): Promise<Profile> => {
  const [profile] = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        givenName: agents.givenName,
        usualName: agents.usualName,
        email: agents.email,
        organizationLabel: agents.organizationLabel,
        theme: agents.theme,
        instructions: agents.instructions,
        modelId: agents.modelId,
        analysisAllowed: agents.analysisAllowed,
        analysisDecidedAt: agents.analysisDecidedAt,
        shortcutsEnabled: agents.shortcutsEnabled,
        searchesAlone: agents.searchesAlone,
        confirmsSearches: agents.confirmsSearches,
      })
      .from(agents)
      .where(eq(agents.id, actor.agentId)),
  );
  if (!profile) throw new AppError("not_signed_in"); // the account was removed since the gate
  return profile;
});

/** The model that answers the actor: the one they chose last while they may use it, else the first they may use. */
export async function getModelId(actor: Actor): Promise<string> {
  const { modelId } = await getProfile(actor);
  return modelId && isModelAllowed(modelId, actor.role) ? modelId : defaultModelId(actor.role);
}

/** The account's theme, or this browser's: known before the first paint, so that nothing flashes. */
export async function findTheme(): Promise<Theme> {
  const actor = await findActor();
  return actor ? (await getProfile(actor)).theme : toTheme((await cookies()).get(THEME_COOKIE)?.value);
}
