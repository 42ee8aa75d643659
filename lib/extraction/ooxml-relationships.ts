import { ExtractionError } from "./extraction.ts";
import { parseXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

/** `type` is the last word of its address: "officeDocument", "footnotes"; `target` a name of part, or an outside address. */
export type Relationship = { id: string; type: string; target: string; isExternal: boolean };

const RELATIONSHIPS_MAX = 20_000;

/** What a part of an Office file refers to, in order; none when it has no relationships. "" is the package itself. */
export async function readRelationships(archive: Archive, part: string): Promise<Relationship[]> {
  const slash = part.lastIndexOf("/") + 1;
  const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  const found: Relationship[] = [];
  if (!archive.has(name)) return found;
  await parseXml(archive.stream(name), {
    open(element, attributes) {
      if (element !== "rel:Relationship") return;
      if (found.length >= RELATIONSHIPS_MAX) throw new ExtractionError("too_large_inside");
      const isExternal = attributes.TargetMode === "External";
      const target = attributes.Target ?? "";
      found.push({
        id: attributes.Id ?? "",
        type: (attributes.Type ?? "").replace(/^.*\//, ""),
        target: isExternal ? target : partNameOf(part.slice(0, slash), target),
        isExternal,
      });
    },
    close() {},
    text() {},
  });
  return found;
}

/** The part that is the document; `damaged` when the package has none. */
export async function findMainPart(archive: Archive, usualName: string): Promise<string> {
  const relationships = await readRelationships(archive, "");
  const main = relationships.find(({ type }) => type === "officeDocument")?.target ?? usualName;
  if (!archive.has(main)) throw new ExtractionError("damaged");
  return main;
}

export function partOfType(relationships: readonly Relationship[], type: string): string | undefined {
  return relationships.find((relationship) => relationship.type === type && !relationship.isExternal)?.target;
}

/** The address of an outside link by the id of its relationship, null for any other. */
export function outsideLinks(relationships: readonly Relationship[]): (id: string) => string | null {
  const targets = new Map(relationships.filter((one) => one.isExternal).map(({ id, target }) => [id, target]));
  return (id) => targets.get(id) ?? null;
}

function partNameOf(folder: string, target: string): string {
  const path = target.startsWith("/") ? target : `${folder}${target}`;
  const names: string[] = [];
  for (const name of path.replaceAll("\\", "/").split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names.join("/");
}
