const WANTED = "message-wanted";
const PATIENCE_MS = 10_000;

/** The identifier of a message in the page. */
export const messageAnchor = (messageId: string): string => `message-${messageId}`;

/** For the list of messages of a conversation, which draws only its end until one goes up. */
export function onMessageWanted(show: (messageId: string) => void): () => void {
  const listener = (event: Event) => {
    if (event instanceof CustomEvent && typeof event.detail === "string") show(event.detail);
  };
  window.addEventListener(WANTED, listener);
  return () => window.removeEventListener(WANTED, listener);
}

/** A message of the branch that is shown, drawn first if it is further up; null when it does not come. */
export async function findMessage(messageId: string): Promise<HTMLElement | null> {
  const drawn = () => document.getElementById(messageAnchor(messageId));
  if (!drawn()) window.dispatchEvent(new CustomEvent(WANTED, { detail: messageId }));
  const end = performance.now() + PATIENCE_MS;
  while (!drawn() && performance.now() < end) await new Promise((resolve) => requestAnimationFrame(resolve));
  return drawn();
}
