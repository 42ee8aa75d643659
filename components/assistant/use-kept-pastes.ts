import { useEffect, useRef, useState } from "react";
import type { Attachments } from "@/components/documents/attachments";
import { newId } from "@/lib/id";
import { keepPastes, readPastes } from "./kept-pastes";
import { joinedPaste, type LongPaste } from "./long-pastes";

type Kept = {
  agentId: string;
  conversationId: string | null;
  attachments: Attachments;
  /** Those that left the question for a document that the server does not have. */
  unsent: readonly LongPaste[];
};

/**
 * Keeps the pasted texts that are on their way, which are no longer in the draft of the question. Those of the composer that is
 * shown are given to `onRestored` as it comes, and what a reload stopped is sent again.
 */
export function useKeptPastes(
  { agentId, conversationId, attachments, unsent }: Kept,
  onRestored: (pastes: readonly LongPaste[]) => void,
): void {
  const [restored, setRestored] = useState<Attachments | null>(null);
  const restore = useRef(onRestored);
  restore.current = onRestored;

  useEffect(() => {
    const kept = readPastes(agentId, conversationId);
    for (const { attachmentKey, name, text } of kept) attachments.sendStopped(attachmentKey, asFile(name, text));
    restore.current(kept.map(({ start, ...joined }) => joinedPaste(newId(), start, joined)));
    setRestored(attachments);
  }, [agentId, conversationId, attachments]);

  // Not at each percent that is sent.
  const places = unsent.map(({ joined, start }) => `${joined?.attachmentKey} ${start}`).join();
  const toKeep = useRef(unsent);
  toKeep.current = unsent;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the places say when something has changed
  useEffect(() => {
    // Those of the composer that was shown before are not of this one.
    if (restored !== attachments) return;
    keepPastes(
      agentId,
      conversationId,
      toKeep.current.flatMap(({ joined, start }) => (joined ? { ...joined, start } : [])),
    );
  }, [agentId, conversationId, attachments, restored, places]);
}

export const asFile = (name: string, text: string): File => new File([text], name, { type: "text/plain" });
