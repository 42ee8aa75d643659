import type { TextRun } from "@/lib/extraction/extraction";

/** In points from the top left corner of the page. */
export type Rectangle = { x: number; y: number; width: number; height: number };

/** Of the height of a line: how far two runs may be from each other, and still be one stroke of a highlighter. */
const GAP_MAX = 1.2;
/** Of the lower of two runs: how much of it must be level with the other to be on its line. */
const LEVEL_MIN = 0.5;

/**
 * Where the passage between `start` and `end` (excluded) is on its page, a rectangle for each of its lines. Of a run that the
 * passage holds in part, as wide a part: letters have about the same width.
 */
export function highlightsOf(runs: readonly TextRun[], start: number, end: number): Rectangle[] {
  const rectangles: Rectangle[] = [];
  for (const run of [...runs].sort((a, b) => a.start - b.start)) {
    const from = Math.max(start, run.start);
    const to = Math.min(end, run.start + run.length);
    if (to <= from || run.width <= 0 || run.height <= 0) continue;
    const perUnit = run.width / run.length;
    const part = {
      x: run.x + (from - run.start) * perUnit,
      y: run.y,
      width: (to - from) * perUnit,
      height: run.height,
    };
    const last = rectangles.at(-1);
    if (last && isSameLine(last, part)) rectangles[rectangles.length - 1] = around(last, part);
    else rectangles.push(part);
  }
  return rectangles;
}

function isSameLine(a: Rectangle, b: Rectangle): boolean {
  const level = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  return level >= Math.min(a.height, b.height) * LEVEL_MIN && gap <= Math.max(a.height, b.height) * GAP_MAX;
}

function around(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
