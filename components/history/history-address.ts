import type { HistoryHit, HistorySort } from "@/lib/history/schema";

export const HISTORY_PATH = "/recherche";

type Search = { query: string; sort?: HistorySort; cursor?: string };

/** The page of a search. */
export function historyAddress({ query, sort = "relevance", cursor }: Search): string {
  const parameters = new URLSearchParams();
  if (query !== "") parameters.set("q", query);
  if (sort === "date") parameters.set("tri", "date");
  if (cursor) parameters.set("suite", cursor);
  return parameters.size === 0 ? HISTORY_PATH : `${HISTORY_PATH}?${parameters}`;
}

/** Where a result is read: its message, with what was looked for; the whole conversation for a title. */
export function hitAddress(
  { conversationId, messageId }: Pick<HistoryHit, "conversationId" | "messageId">,
  query: string,
): string {
  const conversation = `/conversations/${conversationId}`;
  return messageId ? `${conversation}/messages/${messageId}?${new URLSearchParams({ q: query })}` : conversation;
}
