import type { VisitedPage } from "@/lib/assistant/tools/web.schema";
import { isCitedPage } from "@/lib/conversations/rules";
import type { CitedSource, MessagePart } from "@/lib/conversations/schema";

/** The pages of the web that were read for an answer and that it does not cite, each once, in the order they were found. */
export function otherPagesIn(parts: readonly MessagePart[], sources: readonly CitedSource[]): VisitedPage[] {
  const seen = new Set(sources.filter(isCitedPage).map(({ url }) => url));
  return parts.flatMap(visitedIn).filter(({ url, state }) => {
    if (state !== "read" || seen.has(url)) return false;
    seen.add(url);
    return true;
  });
}

function visitedIn(part: MessagePart): VisitedPage[] {
  if (part.type !== "tool" || !part.output) return [];
  if (part.name === "search_web") return part.output.pages;
  return part.name === "read_web_page" ? [part.output.page] : [];
}
