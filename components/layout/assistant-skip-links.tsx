"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { SkipLinks } from "./skip-links";

/** Those of the signed-in space: the library has no composer to go to. */
export function AssistantSkipLinks() {
  return <SkipLinks hasComposer={useSelectedLayoutSegment() !== "documents"} />;
}
