import { z } from "zod";
import type { ExtractionFailure, FileType, Page, TextRun } from "@/lib/extraction/extraction";

export const documentId = z.uuid();
export const passwordInput = z.object({ password: z.string().min(1).max(1_000) });
export const pageNumber = z.coerce.number().int().min(1).max(1_000_000);
export const documentIds = z.array(documentId).max(100);

/**
 * received → checked (no virus) → read (its text is there, images of text are being recognised) → ready; or refused, or
 * failed, which can be tried again.
 */
export type FileState = "received" | "checked" | "read" | "ready" | "refused" | "failed";

/** Why a file is not read: what its reader says, or what came before it. */
export type FileFailure = ExtractionFailure | "infected" | "antivirus_unavailable";

/** A document as its owner sees it. */
export type DocumentSummary = {
  id: string;
  name: string;
  sizeBytes: number;
  state: FileState;
  failureCode: FileFailure | null;
  /** Null until it is read. */
  type: FileType | null;
  pages: number | null;
  /** Pages that are images, and how many of them were recognised. */
  pagesToRecognise: number;
  pagesRecognised: number;
  /** Of its text; null until it is read. */
  characters: number | null;
};

/** What a question says of a document it came with. */
export type AttachedFile = Pick<DocumentSummary, "id" | "name"> & { isDeleted?: boolean };

/** A document as it came with a question. */
export type AttachedDocument = {
  messageId: string;
  id: string;
  name: string;
  /** Null once it is deleted. */
  fileId: string | null;
};

/** A page of a document, to be shown beside what cites it. */
export type DocumentPage =
  | { isDeleted: true; name: string }
  | {
      isDeleted: false;
      name: string;
      type: FileType | null;
      kind: Page["kind"];
      label: string | null;
      text: string;
      isRecognised: boolean;
      /** Of a PDF, in points. */
      size: { width: number; height: number } | null;
      runs: TextRun[] | null;
      pagesTotal: number;
    };

/** What someone may keep, and send at once; sizes in bytes. */
export type DocumentLimits = {
  fileBytesMax: number;
  perMessageMax: number;
  perAgentMax: number;
  agentBytesMax: number;
};
