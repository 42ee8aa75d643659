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

const EDIT_LAST = "edit-last-question";

/** Opens the last question for another wording, from anywhere on the page. */
export const editLastQuestion = (): void => {
  window.dispatchEvent(new Event(EDIT_LAST));
};

export function onEditLastQuestion(edit: () => void): () => void {
  window.addEventListener(EDIT_LAST, edit);
  return () => window.removeEventListener(EDIT_LAST, edit);
}
