"use client";

import { useEffect } from "react";
import { markSeenAction } from "@/lib/conversations/actions";

/** Says that the agent has looked at the last answer, once the page is really in sight. */
export function SeenMark({ conversationId }: { conversationId: string }) {
  useEffect(() => {
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", tell);
      void markSeenAction({ id: conversationId }).catch(() => {
        // The dot stays, and goes at the next visit.
      });
    };
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => document.removeEventListener("visibilitychange", tell);
  }, [conversationId]);
  return null;
}
