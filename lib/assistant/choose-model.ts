import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { getModelId } from "@/lib/preferences/queries";
import { isModelAllowed, listAnswerModels, modelInfo } from "@/lib/providers/llm";
import type { TurnModel } from "./mutations";

export type ChooseModel = (id?: string) => TurnModel;

/** The model asked for while it may be used, else the one the agent chose last. */
export async function modelChooser(actor: Actor): Promise<ChooseModel> {
  const [only, ...others] = listAnswerModels(actor.role);
  const usual = only && others.length === 0 ? only.id : await getModelId(actor);
  return (id) => {
    const modelId = id && isModelAllowed(id, actor.role) ? id : usual;
    return { modelId, modelLabel: modelInfo(modelId)?.label ?? modelId };
  };
}
