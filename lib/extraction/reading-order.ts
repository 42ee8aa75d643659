type Placed = { place: { x: number; y: number; width: number; height: number } | null };

/**
 * Shapes as one reads them: line after line, from left to right; one is on a line when its top is above the middle of
 * the first of the line. A shape without a place stays after the one it followed.
 */
export function inReadingOrder<T extends Placed>(shapes: readonly T[]): T[] {
  let before = { x: 0, y: 0, width: 0, height: 0 };
  const placed = shapes.map((shape) => {
    before = shape.place ?? before;
    return { shape, ...before };
  });
  placed.sort((a, b) => a.y - b.y);
  const lines: (typeof placed)[] = [];
  for (const one of placed) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && one.y < first.y + first.height / 2) line.push(one);
    else lines.push([one]);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.x - b.x).map(({ shape }) => shape));
}
