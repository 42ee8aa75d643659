import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { extractionCodeOf } from "@/lib/extraction/extraction";
import { writingPool } from "@/lib/providers/reading";
import { EXPORT_FORMAT, type ExportedConversation } from "./archive-schema";
import { type ExportedBranch, findConversation, getBranch } from "./queries";
import { fileNameFor } from "./rules";
import type { ExportedThing, ExportFormat } from "./schema";
import type { DocumentFormat } from "./write-order";

export type MadeFile = { name: string; bytes: Uint8Array };
type One = Exclude<ExportedThing, { kind: "selection" }>;

/** One conversation or message as a file. Throws `conversation_not_found`, `message_not_found` or `export_failed`. */
export async function writeOne(actor: Actor, what: One, format: ExportFormat, signal?: AbortSignal): Promise<MadeFile> {
  const messageId = what.kind === "message" ? what.messageId : undefined;
  if (format !== "json") {
    const branch = await getBranch(actor, what.conversationId, messageId);
    return { name: fileNameFor(branch.title, format), bytes: await writeBranch(branch, format, signal) };
  }
  const found = await findConversation(actor, what.conversationId, { isShownBranchOnly: true, messageId });
  if (!found) throw new AppError("conversation_not_found");
  if (messageId !== undefined && found.messages.length === 0) throw new AppError("message_not_found");
  return { name: fileNameFor(found.title, "json"), bytes: Buffer.from(toJson(found)) };
}

/** Set out in a process of its own: what models write may be made to take minutes. */
export async function writeBranch(
  branch: ExportedBranch,
  format: DocumentFormat,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return writingPool()
    .write({ ...branch, format }, { signal })
    .catch((cause: unknown) => {
      throw extractionCodeOf(cause) ? new AppError("export_failed", { cause }) : cause;
    });
}

/** As `conversationFile` describes it, indented: people open it too. */
export const toJson = (conversation: ExportedConversation): string =>
  `${JSON.stringify({ format: EXPORT_FORMAT, exportedAt: new Date().toISOString(), conversations: [conversation] }, null, 2)}\n`;
