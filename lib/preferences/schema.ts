import { z } from "zod";
import { typedText } from "@/lib/http/typed-text";
import { INSTRUCTIONS_CHARACTERS_MAX, THEMES, type Theme } from "./rules";

export const themeInput = z.object({ theme: z.enum(THEMES) });
export const instructionsInput = z.object({
  instructions: typedText.pipe(z.string().max(INSTRUCTIONS_CHARACTERS_MAX)),
});
export const analysisInput = z.object({ isAllowed: z.boolean() });
export const modelInput = z.object({ modelId: z.string().min(1).max(64) });
export const shortcutsInput = z.object({ isEnabled: z.boolean() });
/** What changes; what is absent stays as it was. */
export const searchChoicesInput = z.object({
  searchesAlone: z.boolean().optional(),
  confirmsSearches: z.boolean().optional(),
});
export type SearchChoices = z.infer<typeof searchChoicesInput>;
export const closeSessionInput = z.object({ id: z.uuid() });

/** Settings as they are taken away: one of another shape is none. */
export const exportedSettings = z.object({
  theme: z.enum(THEMES).optional().catch(undefined),
  instructions: instructionsInput.shape.instructions.optional().catch(undefined),
  modelId: modelInput.shape.modelId.optional().catch(undefined),
  shortcutsEnabled: z.boolean().optional().catch(undefined),
  confirmsSearches: z.boolean().optional().catch(undefined),
});
export type ExportedSettings = z.infer<typeof exportedSettings>;

/** Who the actor is and what they prefer. */
export type Profile = {
  givenName: string;
  usualName: string;
  email: string;
  organizationLabel: string | null;
  theme: Theme;
  /** What the agent wants the assistant to know or do in each conversation. */
  instructions: string;
  /** The model chosen last; null when they never chose. It may no longer be configured, nor allowed. */
  modelId: string | null;
  analysisAllowed: boolean;
  /** When the agent last changed the choice above; null when they never did. */
  analysisDecidedAt: Date | null;
  /** Whether the keyboard shortcuts answer. */
  shortcutsEnabled: boolean;
  /** « Recherche automatique »: the model decides when to search the web. */
  searchesAlone: boolean;
  /** « Demander avant d’envoyer »: each query is shown before it leaves. */
  confirmsSearches: boolean;
};
