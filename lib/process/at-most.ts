import "server-only";

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantUnderWay?: Map<string, number> };
shared.assistantUnderWay ??= new Map();
const underWay = shared.assistantUnderWay;

/** Does `work`, unless this process does `max` of the same name already: throws then what `refuse` gives. */
export async function atMost<T>(max: number, name: string, refuse: () => Error, work: () => Promise<T>): Promise<T> {
  const others = underWay.get(name) ?? 0;
  if (others >= max) throw refuse();
  underWay.set(name, others + 1);
  try {
    return await work();
  } finally {
    const left = (underWay.get(name) ?? 1) - 1;
    if (left > 0) underWay.set(name, left);
    else underWay.delete(name);
  }
}
