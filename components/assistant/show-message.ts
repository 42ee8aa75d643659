import { rangesIn } from "./found-words";
import { findMessage } from "./message-place";

const HIGHLIGHT = "found";
/** The messages around may still take their real height: for how many frames at most, and how many without a move are the end. */
const FRAMES_MAX = 60;
const FRAMES_STILL = 5;
const GESTURES = ["wheel", "touchmove", "pointerdown", "keydown"];
/** What the bar of what was found and the composer leave to read in, in pixels from the edges. */
const TOP_PX = 136;
const BOTTOM_PX = 260;

let wantedId: string | null = null;
let shown: HTMLElement | null = null;

/** Brings a message into sight, in a frame, with the words of the query marked where the browser can. On arrival it has the focus. */
export async function showMessage(messageId: string, query: string, { isArrival = false } = {}): Promise<void> {
  leaveMessage();
  wantedId = messageId;
  const message = await findMessage(messageId);
  if (!message || wantedId !== messageId) return;
  shown = message;
  message.tabIndex = -1;
  message.dataset.found = "";
  const ranges = rangesIn(message, query);
  if (typeof Highlight === "function" && ranges.length > 0) CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
  const [first] = ranges.filter((range) => range.getClientRects().length > 0);
  bringIntoSight(message, first ?? null);
  if (isArrival) message.focus({ preventScroll: true });
}

export function leaveMessage(): void {
  if (shown) delete shown.dataset.found;
  shown = null;
  wantedId = null;
  if (typeof Highlight === "function") CSS.highlights.delete(HIGHLIGHT);
}

/** The top of the message, or its first word found when that is further down. Until nothing moves, unless someone scrolls. */
function bringIntoSight(message: HTMLElement, first: Range | null): void {
  let framesLeft = FRAMES_MAX;
  let still = 0;
  const scroll = () => {
    if (shown !== message || framesLeft === 0 || still === FRAMES_STILL) return stop();
    framesLeft -= 1;
    const by = distanceTo(message, first);
    still = Math.abs(by) > 1 ? 0 : still + 1;
    if (still === 0) window.scrollBy({ top: by, behavior: "instant" });
    requestAnimationFrame(scroll);
  };
  const stop = () => {
    framesLeft = 0;
    for (const name of GESTURES) window.removeEventListener(name, stop);
  };
  for (const name of GESTURES) window.addEventListener(name, stop, { passive: true });
  scroll();
}

function distanceTo(message: HTMLElement, first: Range | null): number {
  const { top } = message.getBoundingClientRect();
  const word = first?.getBoundingClientRect();
  const isWordFar = word !== undefined && word.bottom - top > window.innerHeight - TOP_PX - BOTTOM_PX;
  return isWordFar ? word.top - window.innerHeight / 3 : top - TOP_PX;
}
