import type { ExportedMessage } from "./compose.ts";
import type { ExportFormat } from "./schema.ts";

/** JSON is what is stored, and needs no setting out. */
export type DocumentFormat = Exclude<ExportFormat, "json">;

/** A branch, or one of its messages, in the format asked for. */
export type WriteOrder = { title: string; messages: readonly ExportedMessage[]; format: DocumentFormat };
