import type { WebMode } from "@/lib/assistant/schema";

/** What stands for the conversation that the next question opens. */
const NEW = "new";

let stored: Readonly<Record<string, WebMode>> = {};
let chosen: Readonly<Record<string, WebMode>> = {};
const watchers = new Set<() => void>();

const notify = (): void => {
  for (const watcher of watchers) watcher();
};

/** How the next question of each conversation searches the web: as it was chosen in this tab, else as the last one did. */
export const webModes = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
  /** `conversationId`: null at home, and what stands for the next one on the page of a project. */
  of: (conversationId: string | null): WebMode =>
    chosen[conversationId ?? NEW] ?? stored[conversationId ?? NEW] ?? "off",
  onServer: (): WebMode => "off",
};

/** Of the last question of a conversation, as the server knows it. */
export function tellWebMode(conversationId: string, mode: WebMode): void {
  if (stored[conversationId] === mode) return;
  stored = { ...stored, [conversationId]: mode };
  notify();
}

export function chooseWebMode(conversationId: string | null, mode: WebMode): void {
  chosen = { ...chosen, [conversationId ?? NEW]: mode };
  notify();
}

/** What was chosen at home goes with the conversation that opens there, and home starts over; or comes back when it does not open. */
export function moveWebMode(from: string | null, to: string | null): void {
  const { [from ?? NEW]: moved, ...others } = chosen;
  chosen = moved === undefined ? others : { ...others, [to ?? NEW]: moved };
  notify();
}
