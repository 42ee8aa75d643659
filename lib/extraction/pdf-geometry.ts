export type Matrix = [number, number, number, number, number, number];
export type Box = { x: number; y: number; width: number; height: number };

/** What `second` does, then `first`. */
export const multiply = (first: Matrix, second: Matrix): Matrix => [
  first[0] * second[0] + first[2] * second[1],
  first[1] * second[0] + first[3] * second[1],
  first[0] * second[2] + first[2] * second[3],
  first[1] * second[2] + first[3] * second[3],
  first[0] * second[4] + first[2] * second[5] + first[4],
  first[1] * second[4] + first[3] * second[5] + first[5],
];

/**
 * A box of text from its origin on the page and the direction of its line: as it is once the page is turned by `-angle`
 * around its top left corner (`frame`), and what it covers on the page (`box`).
 */
export function turnedBox(text: {
  origin: { x: number; y: number };
  angle: number;
  along: number;
  up: number;
  down: number;
}): { frame: Box; box: Box } {
  const { origin, along, up, down } = text;
  const [cos, sin] = turn(text.angle);
  const frame = {
    x: origin.x * cos + origin.y * sin,
    y: origin.y * cos - origin.x * sin - up,
    width: along,
    height: up + down,
  };
  if (text.angle === 0) return { frame, box: frame };
  const corners = [
    [frame.x, frame.y],
    [frame.x + along, frame.y],
    [frame.x, frame.y + frame.height],
    [frame.x + along, frame.y + frame.height],
  ].map(([x = 0, y = 0]) => ({ x: x * cos - y * sin, y: x * sin + y * cos }));
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  return {
    frame,
    box: {
      x: left,
      y: top,
      width: Math.max(...corners.map(({ x }) => x)) - left,
      height: Math.max(...corners.map(({ y }) => y)) - top,
    },
  };
}

/** Cosine and sine, without the dust that would make a quarter turn almost one. */
function turn(degrees: number): [number, number] {
  if (degrees === 0) return [1, 0];
  if (degrees === 90) return [0, 1];
  if (degrees === 180) return [-1, 0];
  if (degrees === 270) return [0, -1];
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Unlike `Math.max`, of any number of numbers. */
export const largest = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);

export const smallest = (numbers: readonly number[]): number =>
  numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
