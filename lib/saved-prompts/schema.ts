import { z } from "zod";
import { typedText } from "@/lib/http/typed-text";
import { PROMPT_CHARACTERS_MAX, PROMPT_TITLE_CHARACTERS_MAX } from "./rules";

const written = {
  title: typedText.pipe(z.string().min(1).max(PROMPT_TITLE_CHARACTERS_MAX)),
  text: typedText.pipe(z.string().min(1).max(PROMPT_CHARACTERS_MAX)),
};

export const newPromptInput = z.object(written);
export const promptInput = z.object({ id: z.uuid(), ...written });
export const promptIdInput = z.object({ id: z.uuid() });

/** A prompt taken away with all an agent's data. One that is not of this shape is not brought back. */
export const exportedPrompt = z.object({ id: z.uuid(), ...written, createdAt: z.iso.datetime({ offset: true }) });
export type ExportedPrompt = z.infer<typeof exportedPrompt>;

export type SavedPrompt = { id: string; title: string; text: string };

/** Those of the agent, and those that come with the service. */
export type Prompts = { own: SavedPrompt[]; shipped: SavedPrompt[] };
