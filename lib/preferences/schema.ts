import { z } from "zod";
import { INSTRUCTIONS_CHARACTERS_MAX, THEMES, type Theme } from "./rules";

export const themeInput = z.object({ theme: z.enum(THEMES) });
export const instructionsInput = z.object({ instructions: z.string().trim().max(INSTRUCTIONS_CHARACTERS_MAX) });
export const analysisInput = z.object({ isAllowed: z.boolean() });
export const modelInput = z.object({ modelId: z.string().min(1).max(64) });
export const shortcutsInput = z.object({ isEnabled: z.boolean() });
export const closeSessionInput = z.object({ id: z.uuid() });

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
};
