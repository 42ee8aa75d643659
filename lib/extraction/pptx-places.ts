import type { CharacterCount } from "./document-blocks.ts";
import { ExtractionError } from "./extraction.ts";
import { partOfType, type Relationship, readRelationships } from "./ooxml-relationships.ts";
import { type Place, type Placeholder, readShapes, type Shape } from "./slide-shapes.ts";
import type { Archive } from "./zip.ts";

export type PlacesOf = (slide: Relationship[]) => Promise<(placeholder: Placeholder | null) => Place | null>;

/** Where the placeholders of a slide are when it does not say so itself: as in its layout, else as in its master. */
export function createPlaces(archive: Archive, count: CharacterCount): PlacesOf {
  const layouts = new Map<string, Promise<{ shapes: Shape[]; master: string }>>();

  async function read(part: string): Promise<{ shapes: Shape[]; master: string }> {
    try {
      const { shapes } = await readShapes(archive.stream(part), count, () => null);
      const relationships = await readRelationships(archive, part);
      return { shapes, master: partOfType(relationships, "slideMaster") ?? "" };
    } catch (error) {
      if (!(error instanceof ExtractionError) || error.code !== "damaged") throw error;
      return { shapes: [], master: "" }; // the places are a help: the slide is read without them
    }
  }

  function once(part: string): Promise<{ shapes: Shape[]; master: string }> {
    const layout = layouts.get(part) ?? read(part);
    layouts.set(part, layout);
    return layout;
  }

  return async (slide) => {
    const layout = await once(partOfType(slide, "slideLayout") ?? "");
    const master = await once(layout.master);
    return (placeholder) => {
      if (!placeholder) return null;
      const own = layout.shapes.find((shape) => isSame(shape.placeholder, placeholder));
      const type = own?.placeholder?.type || placeholder.type || "body";
      return own?.place ?? master.shapes.find((shape) => shape.placeholder?.type === type)?.place ?? null;
    };
  };
}

function isSame(one: Placeholder | null, other: Placeholder): boolean {
  if (!one) return false;
  return other.index === "" ? one.type === other.type : one.index === other.index;
}
