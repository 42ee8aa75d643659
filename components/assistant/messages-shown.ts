import type { ReactNode } from "react";

/** A stored message, and what the server drew of it. */
export type DrawnMessage = { id: string; drawn: ReactNode };

export type EarlierMessages = { messages: DrawnMessage[]; hasEarlier: boolean };

/**
 * What is shown once the server has drawn the end of the conversation again: what was above it stays, since the messages
 * before a given one never change. On another branch, nothing stays.
 */
export function withLatest(shown: EarlierMessages, latest: EarlierMessages): EarlierMessages {
  const first = latest.messages[0]?.id;
  const at = shown.messages.findIndex(({ id }) => id === first);
  if (at < 0) return latest;
  return { messages: [...shown.messages.slice(0, at), ...latest.messages], hasEarlier: shown.hasEarlier };
}

/** What is shown once `earlier` has come for the message that was then the first; nothing more if it no longer is. */
export function withEarlier(shown: EarlierMessages, first: string, earlier: EarlierMessages): EarlierMessages {
  if (shown.messages[0]?.id !== first) return shown;
  return { messages: [...earlier.messages, ...shown.messages], hasEarlier: earlier.hasEarlier };
}
