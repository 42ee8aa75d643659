import { useEffect, useRef } from "react";
import { type Asked, askRepeatedly } from "@/components/documents/ask-repeatedly";
import { listDocuments } from "@/components/documents/document-requests";
import { isLetThrough, isSettled } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import type { LibraryDocument } from "@/lib/library/schema";

type Moving = Pick<DocumentSummary, "id" | "state">;

/** Tells how far the reading of the documents that are listed has got, until all of it is done. */
export function useReadingFollowed(
  documents: readonly Moving[],
  onChange: (id: string, changed: Partial<LibraryDocument>) => void,
): void {
  const listed = useRef({ documents, onChange });
  listed.current = { documents, onChange };
  const asking = useRef<ReturnType<typeof askRepeatedly>>(undefined);
  const isAnyMoving = documents.some(isMoving);

  useEffect(() => {
    if (!isAnyMoving) return;
    asking.current ??= askRepeatedly(() => look(listed.current));
    asking.current.start();
  }, [isAnyMoving]);
  // Nobody looks any more.
  useEffect(
    () => () => {
      listed.current = { documents: [], onChange: () => {} };
    },
    [],
  );
}

const isMoving = ({ state }: Pick<Moving, "state">): boolean => !isSettled(state);

async function look({
  documents,
  onChange,
}: {
  documents: readonly Moving[];
  onChange: (id: string, changed: Partial<LibraryDocument>) => void;
}): Promise<Asked> {
  const moving = documents.filter(isMoving).map(({ id }) => id);
  if (moving.length === 0) return "done";
  const found = await listDocuments(moving);
  if (!found) return "failed";
  for (const document of found) onChange(document.id, { ...document, canBeTakenBack: isLetThrough(document) });
  // One that is no longer found was removed elsewhere.
  return found.some(isMoving) ? "waiting" : "done";
}
