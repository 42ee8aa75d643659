import { useEffect, useRef, useState } from "react";
import type { LiveTurn } from "./live-turns";

/** A title model is asked once the first answer has ended: when to look whether it has said something. */
const LOOK_AFTER_MS = [3_000, 10_000];

/** Reads the page again, hence the list, when the title of a new conversation should have come. Gives what announces one. */
export function useTitleArrival(turns: readonly LiveTurn[], refresh: () => void): (conversationId: string) => void {
  const [untitledId, setUntitledId] = useState<string | null>(null);
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const isEnded = turns.some((turn) => turn.conversationId === untitledId && turn.state === "ended");
  // The stored answer takes over as soon as it ended: the turn may be gone before it was seen to end.
  const isFollowed = turns.some((turn) => turn.conversationId === untitledId);
  const [wasFollowed, setWasFollowed] = useState(false);
  if (isFollowed && !wasFollowed) setWasFollowed(true);
  const isDue = untitledId !== null && (isEnded || (wasFollowed && !isFollowed));

  useEffect(() => {
    if (!isDue) return;
    setUntitledId(null);
    setWasFollowed(false);
    timers.current = LOOK_AFTER_MS.map((delay) => setTimeout(refresh, delay));
  }, [isDue, refresh]);

  useEffect(() => () => timers.current.forEach(clearTimeout), []);
  return setUntitledId;
}
