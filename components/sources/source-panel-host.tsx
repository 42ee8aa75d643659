"use client";

import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { forgetSource, openedSource } from "./opened-source";

const SourcePanel = lazy(async () => ({ default: (await import("./source-panel")).SourcePanel }));

/** Where the passage that one asked for is shown; its code is loaded at the first. */
export function SourcePanelHost({ conversationId }: { conversationId: string | null }) {
  const opened = useSyncExternalStore(openedSource.subscribe, openedSource.current, openedSource.onServer);
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving the conversation is what closes the panel
  useEffect(() => forgetSource, [conversationId]);
  return opened ? (
    <Suspense fallback={null}>
      <SourcePanel opened={opened} />
    </Suspense>
  ) : null;
}
