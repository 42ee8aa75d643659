"use client";

import { lazy, Suspense, useEffect, useState } from "react";

const FoundBar = lazy(async () => ({ default: (await import("./found-bar")).FoundBar }));

/** The message that a conversation is opened at, and what was looked for. */
export type Place = { messageId: string; query: string };

/** What was found in the conversation: its code is loaded when one comes from a search. */
export function FoundPlace({ conversationId, place }: { conversationId: string; place: Place | null }) {
  const [shown, setShown] = useState<Place | null>(null);

  // The page is read again without its place once one has arrived: only a new arrival has one.
  useEffect(() => {
    if (place) setShown(place);
  }, [place]);

  return shown ? (
    <Suspense fallback={null}>
      <FoundBar conversationId={conversationId} place={shown} onClose={() => setShown(null)} />
    </Suspense>
  ) : null;
}
