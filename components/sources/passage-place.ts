/** Where the passage is brought, as a share of what is seen. */
export const PASSAGE_AT = 0.3;

/** Scrolls `frame` so that the passage is where it is read. */
export function bringPassage(frame: HTMLElement, mark: HTMLElement): void {
  const below = mark.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  frame.scrollTop += below - frame.clientHeight * PASSAGE_AT;
}
