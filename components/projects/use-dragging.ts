import { useCallback, useMemo } from "react";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { useMove } from "./use-move";

export type Dragging = { start: (conversation: ConversationSummary) => void; prepare: () => void };

const load = () => import("./drag");

/** For rows whose link the browser drags by itself: what follows a drag is loaded when it may begin. The same from one drawing to the next. */
export function useDragging(): Dragging {
  const move = useMove();
  const start = useCallback(
    (conversation: ConversationSummary) => {
      let isOver = false;
      const end = () => {
        isOver = true;
      };
      document.addEventListener("dragend", end, { once: true });
      void load().then(({ followDrag }) => isOver || followDrag((project) => void move([conversation], project)));
    },
    [move],
  );
  const prepare = useCallback(() => void load().catch(() => {}), []); // asked again when the drag begins
  return useMemo(() => ({ start, prepare }), [start, prepare]);
}
