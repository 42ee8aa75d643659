import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { editQueuedQuestion } from "@/lib/queue/mutations";
import { getQueuedModelId } from "@/lib/queue/queries";
import { budgetFor } from "./budget";
import { modelChooser } from "./choose-model";
import { requireRoomFor } from "./context";

/** Words a question that waits otherwise; refused, as when it was asked, when its model could not read it whole. */
export async function rewordQueuedQuestion(actor: Actor, { id, text }: { id: string; text: string }): Promise<void> {
  const [choose, modelId] = await Promise.all([modelChooser(actor), getQueuedModelId(actor, id)]);
  requireRoomFor(text, budgetFor(choose(modelId ?? undefined).modelId));
  await editQueuedQuestion(actor, { id, text });
}
