"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { DocumentSummary } from "@/lib/documents/schema";
import { type Attachment, type Attachments, createAttachments } from "./attachments";

const none: readonly Attachment[] = [];
/** One for each composer of this tab: going to another conversation and back loses nothing. */
const known = new Map<string, Attachments>();

function attachmentsOf(agentId: string, conversationId: string | null): Attachments {
  const key = `${agentId}:${conversationId ?? "new"}`;
  const attachments = known.get(key) ?? createAttachments(agentId, conversationId);
  known.set(key, attachments);
  return attachments;
}

/** What is attached in the composer of a conversation, or of home. */
export function useAttachments(
  agentId: string,
  conversationId: string | null,
): { attachments: Attachments; shown: readonly Attachment[] } {
  const attachments = attachmentsOf(agentId, conversationId);
  const shown = useSyncExternalStore(attachments.subscribe, attachments.current, () => none);
  useEffect(() => void attachments.restore(), [attachments]);
  return { attachments, shown };
}

/** Attaches a document that was sent before to the question being written at home, beside what waits there. */
export async function reuseAtHome(agentId: string, document: DocumentSummary): Promise<void> {
  const attachments = attachmentsOf(agentId, null);
  await attachments.restore();
  attachments.reuse([document]);
}
