"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { SkipLinks } from "./skip-links";

const WITHOUT_COMPOSER = ["documents", "recherche"];

/** Those of the signed-in space: some of its pages have no composer to go to. */
export function AssistantSkipLinks() {
  return <SkipLinks hasComposer={!WITHOUT_COMPOSER.includes(useSelectedLayoutSegment() ?? "")} />;
}
