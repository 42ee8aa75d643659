/** A number as it is written: `units` × 10^-`scale`, exactly. */
export type Decimal = { readonly units: bigint; readonly scale: number };

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** A mean has so many more decimals than what it is the mean of. */
const DECIMALS_MORE = 4;
/** What a spreadsheet keeps: beyond are the digits that binary fractions add. */
const SIGNIFICANT_DIGITS = 15;

/** Of "-1234.50". */
export function decimalOf(written: string): Decimal {
  const point = written.indexOf(".");
  if (point < 0) return { units: BigInt(written), scale: 0 };
  const decimals = written.slice(point + 1);
  return { units: BigInt(written.slice(0, point) + decimals), scale: decimals.length };
}

/** Of a finite number, as a spreadsheet displays it: 0.1 + 0.2 is 0.3. */
export function decimalOfNumber(value: number): Decimal {
  if (Number.isSafeInteger(value)) return { units: BigInt(value), scale: 0 };
  const [mantissa = "0", exponent = "0"] = value.toExponential(SIGNIFICANT_DIGITS - 1).split("e");
  const { units, scale } = decimalOf(mantissa);
  const moved = scale - Number(exponent);
  return stripped(moved < 0 ? { units: units * 10n ** BigInt(-moved), scale: 0 } : { units, scale: moved });
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [left, right] = [unitsAt(a, scale), unitsAt(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Rounded to the nearest, halves away from zero. */
export function divide({ units, scale }: Decimal, by: number): Decimal {
  const divisor = BigInt(by);
  const doubled = 2n * units * 10n ** BigInt(DECIMALS_MORE);
  const rounded = (doubled + (doubled < 0n ? -divisor : divisor)) / (2n * divisor);
  return stripped({ units: rounded, scale: scale + DECIMALS_MORE });
}

/** "-1234,5", the same for 1.5 and 1.50; `isGrouped`: "-1 234,5", with narrow no-break spaces. */
export function frenchDecimal(value: Decimal, { isGrouped = false } = {}): string {
  const { units, scale } = stripped(value);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const decimals = scale > 0 ? `,${digits.slice(-scale)}` : "";
  return `${units < 0n ? "-" : ""}${isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202F") : whole}${decimals}`;
}

const unitsAt = ({ units, scale }: Decimal, wanted: number): bigint =>
  scale === wanted ? units : units * 10n ** BigInt(wanted - scale);

function stripped({ units, scale }: Decimal): Decimal {
  let [left, decimals] = [units, scale];
  while (decimals > 0 && left % 10n === 0n) {
    left /= 10n;
    decimals -= 1;
  }
  return { units: left, scale: decimals };
}
