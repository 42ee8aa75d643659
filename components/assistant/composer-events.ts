const FILL = "fill-composer";

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
