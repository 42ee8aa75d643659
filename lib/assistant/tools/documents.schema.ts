import { z } from "zod";

const QUERY_CHARACTERS_MAX = 500;
const FIRST_TO_LAST_MAX = 100_000;

const number = z.coerce.number().int().min(1).max(FIRST_TO_LAST_MAX);

/** What the model looks for, in one document of the conversation or in all. */
export const searchDocumentsInput = z.object({
  query: z.string().trim().min(1).max(QUERY_CHARACTERS_MAX),
  document: number.nullish(),
});
export type SearchDocumentsInput = z.infer<typeof searchDocumentsInput>;

/** Where something was looked for, and where it was found: the passages themselves are the model's. */
export const searchDocumentsOutput = z.object({
  documents: z.array(z.string()),
  passages: z.array(z.object({ name: z.string(), page: z.number() })),
});
export type SearchDocumentsOutput = z.infer<typeof searchDocumentsOutput>;

/** Pages of a document that the model wants to read; `to` is `from` when it is not given. */
export const readPagesInput = z.object({ document: number, from: number, to: number.nullish() });
export type ReadPagesInput = z.infer<typeof readPagesInput>;

/** What was read; `isCut` when not all that was asked could be given. */
export const readPagesOutput = z.object({ name: z.string(), from: z.number(), to: z.number(), isCut: z.boolean() });
export type ReadPagesOutput = z.infer<typeof readPagesOutput>;
