"use client";

import { useLayoutEffect } from "react";
import type { WebMode } from "@/lib/assistant/schema";
import { tellWebMode } from "./web-modes";

/** Tells the composer how the last question of the conversation that is shown searched the web. */
export function StoredWebMode({ conversationId, mode }: { conversationId: string; mode: WebMode }) {
  useLayoutEffect(() => tellWebMode(conversationId, mode), [conversationId, mode]);
  return null;
}
