import type { Page, TextRun } from "@/lib/extraction/extraction";

type Figures = [start: number, length: number, x: number, y: number, width: number, height: number];

/** Where the text of a page is, as it is stored. As objects, the places of words would weigh ten times their text. */
export type PageLayout = { size: { width: number; height: number }; runs: Figures[] };

const tenth = (points: number): number => Math.round(points * 10) / 10;

export function toLayout({ size, runs = [] }: Page): PageLayout | undefined {
  if (!size) return undefined;
  return { size, runs: runs.map(toFigures) };
}

const toFigures = ({ start, length, x, y, width, height }: TextRun): Figures => [
  start,
  length,
  tenth(x),
  tenth(y),
  tenth(width),
  tenth(height),
];

/** The layout of a page whose text was recognised: `places` are in shares of its width and height. */
export function withPlaces({ size }: PageLayout, places: readonly TextRun[]): PageLayout {
  const runs = places.map((place) => ({
    ...place,
    x: place.x * size.width,
    y: place.y * size.height,
    width: place.width * size.width,
    height: place.height * size.height,
  }));
  return { size, runs: runs.map(toFigures) };
}

/** What `toLayout` was made from, to the tenth of a point. */
export const fromLayout = (layout: PageLayout | null): { size: PageLayout["size"] | null; runs: TextRun[] | null } => ({
  size: layout?.size ?? null,
  runs: layout?.runs.map(([start, length, x, y, width, height]) => ({ start, length, x, y, width, height })) ?? null,
});
