import type { ConversationSummary } from "@/lib/conversations/schema";

type Returned = Pick<ConversationSummary, "id" | "title" | "usedAt" | "isPinned" | "projectId">;

const hearers = new Set<(conversations: readonly ConversationSummary[]) => void>();

/** Tells the lists that these are theirs again: taken out of the archives or of the trash, on a page beside them. */
export function announceReturn(conversations: readonly Returned[]): void {
  announcePlaces(
    conversations.map(({ id, title, usedAt, isPinned, projectId }) => ({
      id,
      title,
      usedAt,
      isPinned,
      projectId,
      isRunning: false,
      hasUnseenAnswer: false,
    })),
  );
}

/** Tells the lists that these are as they say, hence to be listed by some and no more by others. */
export function announcePlaces(conversations: readonly ConversationSummary[]): void {
  for (const hear of hearers) hear(conversations);
}

export function onPlaces(hear: (conversations: readonly ConversationSummary[]) => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}
