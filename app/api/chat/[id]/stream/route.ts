import { followTurn } from "@/lib/assistant/follow-turn";
import { findRunningTurn } from "@/lib/assistant/queries";
import { requireActor } from "@/lib/auth/actor";
import { conversationId } from "@/lib/conversations/schema";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ id: string }> };

/** The turn being written in this conversation, from its start; 204 when there is none. */
export const GET = route("turn.follow", async (request, { params }: Context) => {
  const actor = await requireActor();
  const running = await findRunningTurn(actor, parseInput(conversationId, (await params).id, "conversation_not_found"));
  return running ? followTurn(running.turnId, request.signal) : new Response(null, { status: 204 });
});
