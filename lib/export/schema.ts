import { z } from "zod";
import type { ErrorCode } from "../errors/app-error.ts";
import { RESTORED_SETTINGS } from "../preferences/rules.ts";

export const EXPORT_FORMATS = ["docx", "odt", "pdf", "markdown", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const SELECTION_MAX = 200;

/** What someone takes away: a message, a conversation as it is shown, or several. */
export const exportedThing = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("message"), conversationId: z.uuid(), messageId: z.uuid() }),
  z.object({ kind: z.literal("conversation"), conversationId: z.uuid() }),
  z.object({ kind: z.literal("selection"), conversationIds: z.array(z.uuid()).min(1).max(SELECTION_MAX) }),
]);
export type ExportedThing = z.infer<typeof exportedThing>;

export const exportInput = z.object({ what: exportedThing, format: z.enum(EXPORT_FORMATS) });
export type ExportInput = z.infer<typeof exportInput>;

export const transferInput = z.object({ id: z.uuid() });

const added = z.object({
  conversations: z.number().int(),
  messages: z.number().int(),
  documents: z.number().int(),
  projects: z.number().int().default(0),
  prompts: z.number().int().default(0),
});

/** Why something of an archive was not added. */
export const SKIP_REASONS = [
  "known",
  "deleted",
  "missing",
  "tooLarge",
  "tooMany",
  "notStored",
  "identifiersTaken",
  "tooManyProjects",
  "tooManyPrompts",
  "projectFull",
  "unreadable",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What became of an archive. Beyond `SKIPPED_NAMED_MAX`, what was skipped is counted only. */
export const importReport = z.object({
  added,
  skipped: z.array(
    z.object({
      what: z.enum(["conversation", "document", "project", "prompt"]),
      name: z.string(),
      reason: z.enum(SKIP_REASONS),
    }),
  ),
  skippedCount: z.number().int(),
  /** The settings that were restored, those that were as they are when nobody chose. */
  settings: z.array(z.enum(RESTORED_SETTINGS)).default([]),
});
export type ImportReport = z.infer<typeof importReport>;
export const SKIPPED_NAMED_MAX = 200;

export type TransferKind = "conversations" | "everything" | "import";
export type TransferState = "waiting" | "running" | "done" | "failed";

/** What is being taken away or brought back, as its owner sees it. */
export type Transfer = {
  id: string;
  kind: TransferKind;
  format: ExportFormat | null;
  state: TransferState;
  failureCode: ErrorCode | null;
  done: number;
  total: number;
  fileName: string | null;
  sizeBytes: number | null;
  report: ImportReport | null;
  createdAt: Date;
  expiresAt: Date;
};
