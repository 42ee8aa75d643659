const FILL = "fill-composer";
const STOP = "stop-answer";

/** Puts a text in the composer and the focus after it, from anywhere on the page. */
export const fillComposer = (text: string): void => {
  window.dispatchEvent(new CustomEvent(FILL, { detail: text }));
};

export function onFillComposer(fill: (text: string) => void): () => void {
  const listener = (event: Event) => {
    if (event instanceof CustomEvent && typeof event.detail === "string") fill(event.detail);
  };
  window.addEventListener(FILL, listener);
  return () => window.removeEventListener(FILL, listener);
}

/** Asks the conversation that is shown to stop its answer, if one is being written. */
export const wantStop = (): void => {
  window.dispatchEvent(new CustomEvent(STOP));
};

export function onStopWanted(stop: () => void): () => void {
  window.addEventListener(STOP, stop);
  return () => window.removeEventListener(STOP, stop);
}
