const POINTS: Record<string, number> = { cm: 28.3465, mm: 2.83465, in: 72, pt: 1, pc: 12, px: 0.75 };

/** A length of OpenDocument ("2.5cm", "0.9in") in points; null when it is not one. */
export function pointsOf(length: string | undefined): number | null {
  const found = /^(-?[\d.]+)([a-z]{2})$/.exec(length?.trim() ?? "");
  const unit = POINTS[found?.[2] ?? ""];
  const number = Number(found?.[1]);
  return unit === undefined || !Number.isFinite(number) ? null : number * unit;
}
