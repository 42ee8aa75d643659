"use server";

import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { findInConversation, searchHistory, searchHistoryQuickly } from "./queries";
import {
  type ConversationMatches,
  conversationMatchesInput,
  type HistoryHit,
  type HistoryPage,
  historySearchInput,
  quickSearchInput,
} from "./schema";

export async function searchHistoryAction(input: unknown): Promise<ActionResult<HistoryPage>> {
  return attempt("history.search", async () => {
    const actor = await requireActor();
    return searchHistory(actor, parseInput(historySearchInput, input));
  });
}

export async function quickSearchAction(input: unknown): Promise<ActionResult<HistoryHit[]>> {
  return attempt("history.search-quickly", async () => {
    const actor = await requireActor();
    return searchHistoryQuickly(actor, parseInput(quickSearchInput, input).query);
  });
}

export async function findInConversationAction(input: unknown): Promise<ActionResult<ConversationMatches>> {
  return attempt("history.find-in-conversation", async () => {
    const actor = await requireActor();
    const { conversationId, query } = parseInput(conversationMatchesInput, input);
    return findInConversation(actor, conversationId, query);
  });
}
