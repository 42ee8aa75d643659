import { z } from "zod";
import type { DocumentSummary } from "@/lib/documents/schema";
import { documentId } from "@/lib/documents/schema";
import type { Page } from "@/lib/extraction/extraction";
import { QUERY_CHARACTERS_MAX } from "./rules";

/** Typed by someone, or come in an address: what is too long is cut rather than refused. */
export const queryInput = z
  .union([z.string(), z.array(z.string()).transform(([first = ""]) => first)])
  .default("")
  .catch("")
  .transform((typed) => typed.replaceAll("\0", "").toWellFormed().trim().slice(0, QUERY_CHARACTERS_MAX));

export const libraryInput = z.object({ query: queryInput, cursor: z.string().max(200).optional() });
export const keptDocumentInput = z.object({ id: documentId });

/** A piece of a text; marked when it is what was looked for. */
export type ExcerptPart = { text: string; isMarked: boolean };

/** What of a document answers best what was looked for, and the page it is on. */
export type Excerpt = { number: number; kind: Page["kind"]; label: string | null; parts: ExcerptPart[] };

/**
 * The conversations where a document came with a question: those used last, and how many in all; and the projects that give it to
 * theirs.
 */
export type Uses = {
  conversations: { id: string; title: string }[];
  count: number;
  projects: { id: string; title: string }[];
};

/** A document in the list of those an agent keeps. */
export type LibraryDocument = DocumentSummary & {
  createdAt: Date;
  /** The antivirus let it through. */
  canBeTakenBack: boolean;
  uses: Uses;
  /** Null when nothing is looked for, or only its name answers. */
  excerpt: Excerpt | null;
};

/**
 * `nextCursor` is null on the last page, and when something is looked for: the best are then given at once, and `isCut` says that
 * there were more.
 */
export type LibraryPage = { documents: LibraryDocument[]; nextCursor: string | null; isCut: boolean };

/** What an agent keeps, out of what they may keep; sizes in bytes. */
export type LibraryUsage = { count: number; countMax: number; bytes: number; bytesMax: number };
