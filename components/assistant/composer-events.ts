const FILL = "fill-composer";
const STOP = "stop-answer";
const HOME = "go-home";

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

/** For who goes home otherwise than by a link. */
export const wantHome = (): void => {
  window.dispatchEvent(new CustomEvent(HOME));
};

/**
 * Tells that the page from which a conversation opens, home or a project's, is wanted again: by a link, by going back or by
 * `wantHome`. The address does not tell it while the page of the conversation is on its way, since that page is what is still drawn.
 */
export function onHomeWanted(leave: () => void, address: string): () => void {
  const onClick = (event: MouseEvent) => {
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = `a[href="${address}"], a[href^="${address}?"]`;
    if (isPlain && event.target instanceof Element && event.target.closest(link)) leave();
  };
  const onBack = () => {
    if (window.location.pathname === address) leave();
  };
  window.addEventListener("click", onClick, { capture: true });
  window.addEventListener("popstate", onBack);
  window.addEventListener(HOME, leave);
  return () => {
    window.removeEventListener("click", onClick, { capture: true });
    window.removeEventListener("popstate", onBack);
    window.removeEventListener(HOME, leave);
  };
}
