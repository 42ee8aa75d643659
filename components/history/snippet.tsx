import type { SnippetPiece } from "@/lib/history/schema";

/** Some words around what was found, marked. */
export function Snippet({ pieces }: { pieces: readonly SnippetPiece[] }) {
  return pieces.map(({ text, isMatch }, index) =>
    isMatch ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, in order
      <mark key={index} className="mark-passage">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
