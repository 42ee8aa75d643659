/** How long after a gesture a scroll is still of its doing, in milliseconds: wheels and fingers go on by themselves. */
const LASTS_MS = 1_000;
const KEYS = new Set(["ArrowUp", "PageUp", "Home", " ", "Tab"]);
const EVENTS = ["wheel", "touchmove", "keydown", "pointerdown", "pointermove", "pointerup"] as const;

export type ScrollGestures = { isUnderWay: () => boolean; forget: () => void; stop: () => void };

/** Tells a scroll up that the reader makes from one that the browser makes because the page has shrunk. */
export function watchScrollGestures(): ScrollGestures {
  let last = Number.NEGATIVE_INFINITY;
  let isBarHeld = false;
  const onEvent = (event: Event) => {
    if (event instanceof PointerEvent) {
      const wasHeld = isBarHeld;
      // The end of a drag of the scroll bar is not told by every browser: the next move without a button tells it.
      if (event.type === "pointerdown") isBarHeld = event.clientX >= document.documentElement.clientWidth;
      else if (event.buttons === 0) isBarHeld = false;
      if (!wasHeld) return;
    } else if (event instanceof KeyboardEvent ? !KEYS.has(event.key) : event instanceof WheelEvent && event.deltaY >= 0)
      return;
    last = performance.now();
  };
  for (const name of EVENTS) window.addEventListener(name, onEvent, { passive: true });
  return {
    isUnderWay: () => isBarHeld || performance.now() - last < LASTS_MS,
    forget: () => {
      last = Number.NEGATIVE_INFINITY;
    },
    stop: () => {
      for (const name of EVENTS) window.removeEventListener(name, onEvent);
    },
  };
}
