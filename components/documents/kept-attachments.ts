/** Which documents wait in the composer, kept on this workstation as drafts are: a reload does not lose them. */
const PREFIX = "draft:documents:";
const keyOf = (agentId: string, conversationId: string | null) => `${PREFIX}${agentId}:${conversationId ?? "new"}`;

export function readAttached(agentId: string, conversationId: string | null): string[] {
  try {
    const kept = localStorage.getItem(keyOf(agentId, conversationId));
    return kept ? kept.split(",") : [];
  } catch {
    return []; // storage is forbidden on this workstation: they then last as long as the page
  }
}

export function keepAttached(agentId: string, conversationId: string | null, ids: readonly string[]): void {
  try {
    if (ids.length > 0) localStorage.setItem(keyOf(agentId, conversationId), ids.join(","));
    else localStorage.removeItem(keyOf(agentId, conversationId));
  } catch {
    // forbidden or full: as above
  }
}
