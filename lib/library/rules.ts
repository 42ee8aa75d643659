import { asksForPassword } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";

export const LIBRARY_PATH = "/documents";
export const QUERY_CHARACTERS_MAX = 200;
export const DOCUMENTS_PER_PAGE = 30;
/** How many are given when something is looked for: whoever does not see theirs types another word. */
export const FOUND_MAX = 50;
/** How many conversations of a document are named; the others are counted. */
export const USES_NAMED = 3;

/** How long a removal can be undone: as that of a conversation. A slow network may bring the request later. */
export const UNDO_SECONDS = 10;
export const UNDOABLE_SECONDS = UNDO_SECONDS + 20;
/** Later still: what was removed, restored and removed again is not to stay. */
export const PURGED_AFTER_SECONDS = UNDOABLE_SECONDS + 10;

/** It was read, is being read, or can be opened or tried again. */
export const isReusable = ({ state, failureCode }: Pick<DocumentSummary, "state" | "failureCode">): boolean =>
  state !== "refused" || asksForPassword(failureCode);
