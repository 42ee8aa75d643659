/** Which documents wait in the composer, kept on this workstation as drafts are: a reload does not lose them. */
const PREFIX = "draft:documents:";
/** After the identifier of a document that was among the agent's before. */
const REUSED = "+";
const keyOf = (agentId: string, conversationId: string | null) => `${PREFIX}${agentId}:${conversationId ?? "new"}`;

export type KeptAttachment = { id: string; isReused: boolean };

export function readAttached(agentId: string, conversationId: string | null): KeptAttachment[] {
  try {
    const kept = localStorage.getItem(keyOf(agentId, conversationId));
    return kept
      ? kept.split(",").map((text) => ({ id: text.replace(REUSED, ""), isReused: text.endsWith(REUSED) }))
      : [];
  } catch {
    return []; // storage is forbidden on this workstation: they then last as long as the page
  }
}

export function keepAttached(
  agentId: string,
  conversationId: string | null,
  attached: readonly KeptAttachment[],
): void {
  try {
    const kept = attached.map(({ id, isReused }) => (isReused ? id + REUSED : id)).join(",");
    if (kept) localStorage.setItem(keyOf(agentId, conversationId), kept);
    else localStorage.removeItem(keyOf(agentId, conversationId));
  } catch {
    // forbidden or full: as above
  }
}
