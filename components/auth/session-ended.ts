const EVENT = "session-ended";

/** To be called by whoever is told, by a refusal, that there is no session any more. */
export const announceSessionEnded = (): void => {
  window.dispatchEvent(new Event(EVENT));
};

export function onSessionEnded(listener: () => void): () => void {
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}
