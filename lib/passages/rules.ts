/** A vector of numbers between -127 and 127, its length forgotten: a quarter of the place, and the same order of nearness. */
export function toBytes(vector: readonly number[]): Int8Array {
  const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => (largest === 0 ? 0 : Math.round((127 * value) / largest)));
}

/** The cosine of the angle between two vectors, from -1 to 1; 0 when their dimensions differ or one is null. */
export function nearness(a: Int8Array, b: Int8Array): number {
  if (a.length !== b.length) return 0;
  let product = 0;
  let ofA = 0;
  let ofB = 0;
  for (let index = 0; index < a.length; index += 1) {
    const [x = 0, y = 0] = [a[index], b[index]];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 0 : product / Math.sqrt(ofA * ofB);
}

/** How little the first ranks differ in worth (Cormack, Clarke and Büttcher, 2009). */
const RANK_CONSTANT = 60;

/** Several rankings of things as one, the best first: what is well placed in several comes before what is first in one. */
export function fused<T>(rankings: readonly (readonly T[])[], keyOf: (item: T) => string): T[] {
  const scores = new Map<string, { item: T; score: number }>();
  for (const ranking of rankings)
    for (const [rank, item] of ranking.entries()) {
      const known = scores.get(keyOf(item)) ?? { item, score: 0 };
      scores.set(keyOf(item), { item: known.item, score: known.score + 1 / (RANK_CONSTANT + rank + 1) });
    }
  return [...scores.values()].sort((a, b) => b.score - a.score).map(({ item }) => item);
}
