import { z } from "zod";
import { deadlineInput, deadlineOutput } from "./deadline.schema";
import { readPagesInput, readPagesOutput, searchDocumentsInput, searchDocumentsOutput } from "./documents.schema";
import { queryTableInput, queryTableOutput } from "./query-table.schema";
import { readWebPageInput, readWebPageOutput, searchWebInput, searchWebOutput } from "./web.schema";

const call = {
  type: z.literal("tool"),
  /** As the model's server gave it: different for each call of a round. */
  callId: z.string(),
  state: z.enum(["running", "done", "failed"]),
};

const known = z.discriminatedUnion("name", [
  z.object({
    ...call,
    name: z.literal("deadline"),
    input: deadlineInput.nullable(),
    output: deadlineOutput.nullable(),
  }),
  z.object({
    ...call,
    name: z.literal("query_table"),
    input: queryTableInput.nullable(),
    output: queryTableOutput.nullable(),
  }),
  z.object({
    ...call,
    name: z.literal("search_documents"),
    input: searchDocumentsInput.nullable(),
    output: searchDocumentsOutput.nullable(),
  }),
  z.object({
    ...call,
    name: z.literal("read_pages"),
    input: readPagesInput.nullable(),
    output: readPagesOutput.nullable(),
  }),
  z.object({
    ...call,
    name: z.literal("search_web"),
    input: searchWebInput.nullable(),
    output: searchWebOutput.nullable(),
  }),
  z.object({
    ...call,
    name: z.literal("read_web_page"),
    input: readWebPageInput.nullable(),
    output: readWebPageOutput.nullable(),
  }),
  /** A tool that the model made up. */
  z.object({ ...call, name: z.literal("unknown"), input: z.null(), output: z.null() }),
]);

/**
 * A call of a tool, as it is stored in an answer and drawn as a card. `input` is what was asked, null when it makes no sense;
 * `output` is what the tool gave, null when it gave nothing; a tool of several steps gives it as it goes, while it runs. What another version stored, and this one cannot read, is unknown.
 */
export const toolPart = z
  .object({ type: z.literal("tool") })
  .loose()
  .transform((value): ToolPart => {
    const read = known.safeParse(value);
    return read.success
      ? read.data
      : { type: "tool", callId: String(value.callId), name: "unknown", state: "failed", input: null, output: null };
  });

export type ToolPart = z.infer<typeof known>;
export type ToolName = Exclude<ToolPart["name"], "unknown">;
