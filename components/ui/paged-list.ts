/** A page of a list that is shown from its most recent on; `nextCursor` is null on the last page. */
export type ListPage<T> = { items: readonly T[]; nextCursor: string | null };

/**
 * What the list shows once its first page was read again: that page, then what was known to be older. Whatever is as recent as the
 * page but not in it was removed elsewhere.
 */
export function withFirstPage<T extends { id: string }>(
  known: readonly T[],
  { items, nextCursor }: ListPage<T>,
  momentOf: (item: T) => Date,
): readonly T[] {
  const last = items.at(-1);
  if (!last || !nextCursor) return items;
  const listed = new Set(items.map(({ id }) => id));
  return [...items, ...known.filter((item) => momentOf(item) < momentOf(last) && !listed.has(item.id))];
}

/** The list with these items in their place; `isWhole` when nothing is older than what is known. */
export function withItems<T extends { id: string }>(
  known: readonly T[],
  items: readonly T[],
  momentOf: (item: T) => Date,
  isWhole: boolean,
): readonly T[] {
  const last = known.at(-1);
  const put = new Map(
    items.filter((item) => isWhole || (last && momentOf(item) >= momentOf(last))).map((one) => [one.id, one]),
  );
  return [...known.filter(({ id }) => !put.has(id)), ...put.values()].sort(
    (one, other) => momentOf(other).getTime() - momentOf(one).getTime(),
  );
}
