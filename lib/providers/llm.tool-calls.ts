import "server-only";
import { z } from "zod";

export type ToolCall = { id: string; name: string; arguments: string };

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

const pieceSchema = z.looseObject({
  index: z.coerce.number().int().nonnegative().nullish().catch(null),
  id: text,
  function: z
    .looseObject({
      name: text,
      /** Some servers give the object itself. */
      arguments: z
        .union([z.string(), z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value))])
        .nullish(),
    })
    .nullish()
    .catch(null),
});

type Piece = { index: number | null; id: string; name: string; arguments: string };
type Gathered = ToolCall & { index: number | null; saidId: string };

/**
 * Puts together calls of tools from the pieces servers send: split by index or whole, with or without an identifier or
 * an index, the identifier the same for two calls, the name said again at each piece. Each call comes out once, whole,
 * with an identifier of its own; arguments that are no JSON stay as they are, for whoever validates them.
 */
export function createToolCallGatherer() {
  const calls: Gathered[] = [];

  const isComplete = (call: Gathered) => isObject(call.arguments);

  /** The call a piece goes on with; undefined when it begins another. */
  function callOf(piece: Piece): Gathered | undefined {
    const last = calls.at(-1);
    const sameIndex = piece.index === null ? undefined : calls.findLast(({ index }) => index === piece.index);
    const sameId = piece.id === "" ? undefined : calls.findLast(({ saidId }) => saidId === piece.id);
    const continued = piece.index === null ? (sameId ?? (piece.id === "" ? last : undefined)) : sameIndex;
    if (!continued) return undefined;
    // A name begins a call, unless it only repeats that of a call still being said.
    const isAnother = piece.name !== "" && (continued.name !== piece.name || isComplete(continued));
    const hasOtherId = piece.id !== "" && continued.saidId !== "" && continued.saidId !== piece.id && piece.name !== "";
    return isAnother || hasOtherId ? undefined : continued;
  }

  return {
    push(pieces: readonly unknown[]): void {
      for (const piece of pieces.map(toPiece)) {
        if (!piece) continue;
        const call = callOf(piece);
        if (call) {
          call.arguments += piece.arguments;
          call.saidId ||= piece.id;
        } else if (piece.name !== "") {
          const { id, ...said } = piece;
          calls.push({ ...said, id: "", saidId: id });
        }
      }
    },
    finish(): ToolCall[] {
      const taken = new Set<string>();
      return calls.map(({ saidId, name, arguments: said }, position) => {
        const id = saidId !== "" && !taken.has(saidId) ? saidId : freeId(taken, position);
        taken.add(id);
        return { id, name, arguments: firstObject(said) };
      });
    },
  };
}

function toPiece(value: unknown): Piece | null {
  const parsed = pieceSchema.safeParse(value);
  if (!parsed.success) return null;
  const { index, id, function: said } = parsed.data;
  return {
    index: index ?? null,
    id: id?.trim() ?? "",
    name: said?.name?.trim() ?? "",
    arguments: said?.arguments ?? "",
  };
}

function freeId(taken: ReadonlySet<string>, position: number): string {
  let id = `call_${position}`;
  while (taken.has(id)) id += "_";
  return id;
}

/** No argument at all is an empty object; an object said twice is said once. */
function firstObject(said: string): string {
  const text = said.trim();
  if (text === "") return "{}";
  const half = text.slice(0, text.length / 2);
  return half + half === text && isObject(half) ? half : text;
}

function isObject(text: string): boolean {
  if (!text.trimEnd().endsWith("}")) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false; // asking is the only way to know
  }
}
