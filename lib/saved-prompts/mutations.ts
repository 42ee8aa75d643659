import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { asMember, holdName } from "@/db/client";
import { prompts } from "@/db/schema/prompts";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { PROMPTS_MAX } from "./rules";
import type { ExportedPrompt, SavedPrompt } from "./schema";

/** Keeps a prompt, and gives its identifier. Throws `too_many_prompts`. */
export async function createPrompt(actor: Actor, { title, text }: Omit<SavedPrompt, "id">): Promise<string> {
  const id = newId();
  await asMember(actor.agentId, async (tx) => {
    // Those of one agent are counted one after the other, so that two sent at once do not exceed the number together.
    await holdName(tx, `prompts:${actor.agentId}`);
    const kept = await tx.$count(prompts, eq(prompts.ownerId, actor.agentId));
    if (kept >= PROMPTS_MAX) throw new AppError("too_many_prompts", { details: { max: PROMPTS_MAX } });
    await tx.insert(prompts).values({ id, ownerId: actor.agentId, title, text });
  });
  return id;
}

/** A prompt of an archive, with the identifier it has here; one that is here already, changed since or not, stays as it is. */
export async function addImportedPrompt(
  actor: Actor,
  { originalId, createdAt, ...prompt }: ExportedPrompt & { originalId: string },
): Promise<"added" | "known" | "tooManyPrompts" | "identifiersTaken"> {
  const ownerId = actor.agentId;
  return asMember(ownerId, async (tx) => {
    await holdName(tx, `prompts:${ownerId}`);
    const known = await tx.$count(
      prompts,
      and(eq(prompts.ownerId, ownerId), inArray(prompts.id, [prompt.id, originalId])),
    );
    if (known > 0) return "known";
    if ((await tx.$count(prompts, eq(prompts.ownerId, ownerId))) >= PROMPTS_MAX) return "tooManyPrompts";
    const moment = new Date(Math.min(Date.parse(createdAt), Date.now()));
    const added = await tx
      .insert(prompts)
      .values({ ...prompt, ownerId, createdAt: moment })
      .onConflictDoNothing()
      .returning({ id: prompts.id });
    return added.length > 0 ? "added" : "identifiersTaken";
  });
}

/** Throws `prompt_not_found`. */
export async function changePrompt(actor: Actor, { id, title, text }: SavedPrompt): Promise<void> {
  const changed = await asMember(actor.agentId, (tx) =>
    tx
      .update(prompts)
      .set({ title, text, updatedAt: sql`now()` })
      .where(and(eq(prompts.ownerId, actor.agentId), eq(prompts.id, id)))
      .returning({ id: prompts.id }),
  );
  if (changed.length === 0) throw new AppError("prompt_not_found");
}

/** One that does not exist is as well deleted. */
export async function deletePrompt(actor: Actor, id: string): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx.delete(prompts).where(and(eq(prompts.ownerId, actor.agentId), eq(prompts.id, id))),
  );
}
