/** What is typed and not sent yet, kept on this workstation for this agent: neither a reload nor a lost session loses it. */
const PREFIX = "draft:";
const keyOf = (agentId: string, conversationId: string | null) => `${PREFIX}${agentId}:${conversationId ?? "new"}`;

export function readDraft(agentId: string, conversationId: string | null): string {
  try {
    return localStorage.getItem(keyOf(agentId, conversationId)) ?? "";
  } catch {
    return ""; // storage is forbidden on this workstation: drafts then last as long as the page
  }
}

export function keepDraft(agentId: string, conversationId: string | null, text: string): void {
  try {
    if (text) localStorage.setItem(keyOf(agentId, conversationId), text);
    else localStorage.removeItem(keyOf(agentId, conversationId));
  } catch {
    // forbidden or full: as above
  }
}

/** Puts a text after what is being written there, if anything is. */
export function addToDraft(agentId: string, conversationId: string | null, text: string): void {
  const before = readDraft(agentId, conversationId);
  keepDraft(agentId, conversationId, before ? `${before}\n\n${text}` : text);
}

/** Erases every draft of this browser, whoever typed it. False when the browser forbids it. */
export function eraseDrafts(): boolean {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
    return true;
  } catch {
    return false; // the caller says so
  }
}
