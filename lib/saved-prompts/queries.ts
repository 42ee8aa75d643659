import "server-only";
import { asc, eq } from "drizzle-orm";
import { asMember } from "@/db/client";
import { prompts } from "@/db/schema/prompts";
import type { Actor } from "@/lib/auth/actor";
import { getPublicText } from "@/lib/content/queries";
import { PROMPTS_MAX, readPrompts } from "./rules";
import type { ExportedPrompt, Prompts } from "./schema";

/** By title. */
export async function listPrompts(actor: Actor): Promise<Prompts> {
  const [own, markdown] = await Promise.all([
    asMember(actor.agentId, (tx) =>
      tx
        .select({ id: prompts.id, title: prompts.title, text: prompts.text })
        .from(prompts)
        .where(eq(prompts.ownerId, actor.agentId))
        .orderBy(asc(prompts.title), asc(prompts.id))
        .limit(PROMPTS_MAX),
    ),
    getPublicText("demandes-types"),
  ]);
  const shipped = readPrompts(markdown).map((prompt, index) => ({ id: `shipped-${index}`, ...prompt }));
  return { own: own.toSorted(byTitle), shipped };
}

/** Those of the actor, as they are taken away; the oldest first. */
export async function listAllPrompts(actor: Actor): Promise<ExportedPrompt[]> {
  const own = await asMember(actor.agentId, (tx) =>
    tx
      .select({ id: prompts.id, title: prompts.title, text: prompts.text, createdAt: prompts.createdAt })
      .from(prompts)
      .where(eq(prompts.ownerId, actor.agentId))
      .orderBy(asc(prompts.createdAt), asc(prompts.id))
      .limit(PROMPTS_MAX),
  );
  return own.map(({ createdAt, ...prompt }) => ({ ...prompt, createdAt: createdAt.toISOString() }));
}

const collator = new Intl.Collator("fr");
const byTitle = (one: { title: string }, other: { title: string }) => collator.compare(one.title, other.title);
