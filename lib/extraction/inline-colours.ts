export type Colour = readonly [red: number, green: number, blue: number];

export const WHITE: Colour = [255, 255, 255];

const NAMED: Record<string, Colour> = {
  white: WHITE,
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  ghostwhite: [248, 248, 255],
  floralwhite: [255, 250, 240],
  black: [0, 0, 0],
  red: [255, 0, 0],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  green: [0, 128, 0],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  yellow: [255, 255, 0],
};

/** A colour as CSS or HTML writes it; text that lets through what is behind it is white. Null when it is not known. */
export function toColour(written: string): Colour | null {
  const text = written.trim().toLowerCase();
  if (/url\(|gradient\(|var\(/.test(text)) return null;
  const hex = /#([\da-f]{3,8})\b/.exec(text)?.[1];
  if (hex) return ofHex(hex);
  const numbers = /rgba?\(([^)]{1,60})\)/
    .exec(text)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (numbers) {
    const [red, green, blue, alpha] = numbers.map((part) => Number.parseFloat(part) * (part.endsWith("%") ? 2.55 : 1));
    return alpha !== undefined && alpha <= 0.05 ? WHITE : [red ?? 0, green ?? 0, blue ?? 0];
  }
  const lightness = /hsla?\([^)]{1,40}?([\d.]+)%\s*[,/)]/.exec(text.replace(/[\d.]+%\s*,?/, ""))?.[1];
  if (lightness !== undefined && Number(lightness) >= 97) return WHITE;
  const name = text.split(/\s/, 1)[0] ?? "";
  return name === "transparent" ? WHITE : (NAMED[name] ?? null);
}

function ofHex(hex: string): Colour {
  const long = hex.length < 6 ? Array.from(hex, (digit) => digit + digit).join("") : hex;
  if (/^.{6}0[0-9a-c]$/.test(long)) return WHITE;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16)) as unknown as Colour;
}

/** So alike that a text of one on the other is not seen. */
export const isNear = (one: Colour, other: Colour): boolean =>
  one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) <= 36;
