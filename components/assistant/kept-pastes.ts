/** The texts that left the question for a document that the server may not have yet, kept on this workstation as drafts are. */
const PREFIX = "draft:pastes:";
const keyOf = (agentId: string, conversationId: string | null) => `${PREFIX}${agentId}:${conversationId ?? "new"}`;

/** `start`: where it was in the question. */
export type KeptPaste = { attachmentKey: string; name: string; text: string; start: number };

export function readPastes(agentId: string, conversationId: string | null): KeptPaste[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(agentId, conversationId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKeptPaste) : [];
  } catch {
    return []; // storage is forbidden on this workstation: they then last as long as the page
  }
}

export function keepPastes(agentId: string, conversationId: string | null, pastes: readonly KeptPaste[]): void {
  try {
    if (pastes.length > 0) localStorage.setItem(keyOf(agentId, conversationId), JSON.stringify(pastes));
    else localStorage.removeItem(keyOf(agentId, conversationId));
  } catch {
    // forbidden or full: as above
  }
}

const isKeptPaste = (kept: unknown): kept is KeptPaste =>
  typeof kept === "object" &&
  kept !== null &&
  ["attachmentKey", "name", "text"].every((field) => typeof kept[field as keyof typeof kept] === "string") &&
  Number.isInteger(kept["start" as keyof typeof kept]);
