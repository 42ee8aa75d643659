/** PostgreSQL keeps no more. */
const POSITION_MAX = 16_383;
const PLACES_MAX = 255;

/** In the order of PostgreSQL; none for what is in the text itself. */
export type Weight = "A" | "B" | "C" | "";

/**
 * Words and their places, written as PostgreSQL stores them: 'articl':2A,7 'delai':9. Places come in order; once there are some
 * `bytesMax` bytes, only words that are there already are given others.
 */
export function createVector(bytesMax = Number.POSITIVE_INFINITY) {
  const places = new Map<string, string[]>();
  let bytes = 0;
  return {
    add(lexeme: string, position: number, weight: Weight): void {
      const known = places.get(lexeme);
      const place = `${Math.min(POSITION_MAX, position)}${weight}`;
      if (!known) {
        bytes += 3 * lexeme.length + 10;
        if (bytes <= bytesMax) places.set(lexeme, [place]);
      } else if (known.length < PLACES_MAX && position <= POSITION_MAX) {
        bytes += 2;
        known.push(place);
      }
    },
    written: (): string => Array.from(places, ([lexeme, at]) => `'${lexeme}':${at.join(",")}`).join(" "),
  };
}
