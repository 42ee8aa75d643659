/** The part of the main thread that drawing an answer may take; the rest is the reader's: scrolling, typing, selecting. */
const SHARE = 0.2;
const WAIT_MAX_MS = 250;
/** A hidden tab has no frames, even one that was asked for before. */
const FRAME_WAITED_MS = 250;

/** How long to rest after a drawing that took so long. */
export const restAfter = (tookMs: number): number => Math.min(WAIT_MAX_MS, tookMs * (1 / SHARE - 1));

/**
 * Runs `draw` soon after each call, once for all the calls meanwhile: at most once a frame, and less often when what it
 * causes is long to draw.
 */
export function paced(draw: () => void): () => void {
  let isPlanned = false;
  let restUntil = 0;

  const run = () => {
    isPlanned = false;
    const startedAt = performance.now();
    draw();
    // After the frame: what was drawn is then computed, laid out and painted.
    setTimeout(() => {
      const now = performance.now();
      restUntil = now + restAfter(now - startedAt);
    });
  };

  return () => {
    if (isPlanned) return;
    isPlanned = true;
    const restMs = restUntil - performance.now();
    if (restMs > 0) setTimeout(() => atNextFrame(run), restMs);
    else atNextFrame(run);
  };
}

function atNextFrame(run: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, FRAME_WAITED_MS);
}
