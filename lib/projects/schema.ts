import { z } from "zod";
import { SELECTION_MAX } from "@/lib/conversations/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import { typedText } from "@/lib/http/typed-text";
import {
  PROJECT_COLOURS,
  PROJECT_DOCUMENTS_MAX,
  PROJECT_INSTRUCTIONS_CHARACTERS_MAX,
  PROJECT_TITLE_CHARACTERS_MAX,
  type ProjectName,
} from "./rules";

const id = z.uuid();
const title = typedText.pipe(z.string().min(1).max(PROJECT_TITLE_CHARACTERS_MAX));
const instructions = typedText.pipe(z.string().max(PROJECT_INSTRUCTIONS_CHARACTERS_MAX));
const colour = z.enum(PROJECT_COLOURS);

export const newProjectInput = z.object({ title, colour });
/** Only what is given changes: two tabs that change different things both win. */
export const projectInput = z
  .object({ id, title: title.optional(), colour: colour.optional(), instructions: instructions.optional() })
  .refine(({ title, colour, instructions }) => (title ?? colour ?? instructions) !== undefined);
export const projectIdInput = z.object({ id });
export const projectPageInput = z.object({ id, cursor: z.string().max(200).optional() });
/** `conversations`: what becomes of those in the project. */
export const deletedProjectInput = z.object({ id, conversations: z.enum(["keep", "delete"]) });
/** `projectId` null: out of any project. */
export const moveInput = z.object({ ids: z.array(id).min(1).max(SELECTION_MAX), projectId: id.nullable() });
export const projectDocumentsInput = z.object({ id, documentIds: z.array(id).min(1).max(PROJECT_DOCUMENTS_MAX) });
export const projectDocumentInput = z.object({ id, documentId: id });

/** A project taken away with all an agent's data. One that is not of this shape is not brought back. */
export const exportedProject = z.object({
  id,
  title,
  colour,
  instructions: instructions.default(""),
  createdAt: z.iso.datetime({ offset: true }),
  documents: z.array(id).max(1_000).default([]),
  conversations: z.array(id).max(100_000).default([]),
});
export type ExportedProject = z.infer<typeof exportedProject>;

export type NewProject = z.infer<typeof newProjectInput>;
export type ProjectChange = z.infer<typeof projectInput>;

/** One of the list: how its conversations are doing, taken together. */
export type ProjectSummary = ProjectName & {
  isRunning: boolean;
  /** Conversations whose last answer was not seen: two at most, enough to know of another than the one that is open. */
  unseenIds: string[];
};

/** How much is in it. */
export type CountedProject = ProjectName & {
  /** Those that are not in the trash. */
  conversationsTotal: number;
  documentsTotal: number;
};

export type Project = CountedProject & { instructions: string };

/** A document of a project as its answers use it; `titles` are the first ones of its outline. */
export type ProjectSource = Pick<DocumentSummary, "id" | "name" | "state" | "type" | "pages"> & {
  fileId: string;
  titles: string[];
};

export type ProjectDocument = DocumentSummary & { addedAt: Date };
