import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { conversationId } from "@/lib/conversations/schema";
import { parseInput } from "@/lib/http/parse";
import { findRunningTurn } from "./queries";
import type { TurnMetadata } from "./stream-parts";

const placeInput = z.object({ turn: z.uuid().nullable(), from: z.coerce.number().int().min(0) });

/**
 * The turn that runs in a conversation, and where the reader of `request` was in it: `?turn=…&from=…` say what it heard last. Null
 * when none runs, or not that one any more. Throws `conversation_not_found`.
 */
export async function findTurnToRead(
  actor: Actor,
  id: string,
  request: Request,
): Promise<{ turn: TurnMetadata; from: number } | null> {
  const query = new URL(request.url).searchParams;
  const wanted = parseInput(placeInput, { turn: query.get("turn"), from: query.get("from") ?? 0 });
  const turn = await findRunningTurn(actor, parseInput(conversationId, id, "conversation_not_found"));
  if (!turn || (wanted.turn && wanted.turn !== turn.turnId)) return null;
  return { turn, from: wanted.turn ? wanted.from : 0 };
}
