import { findRunningTurn } from "@/lib/assistant/queries";
import { stopTurn } from "@/lib/assistant/stop-turn";
import { requireActor } from "@/lib/auth/actor";
import { conversationId } from "@/lib/conversations/schema";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Context = { params: Promise<{ id: string }> };

/** Asks the running turn to stop; its end comes with the stream. 202 also when nothing runs any more. */
export const POST = route("turn.stop", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const running = await findRunningTurn(actor, parseInput(conversationId, (await params).id, "conversation_not_found"));
  if (running) await stopTurn(running.turnId);
  return new Response(null, { status: 202 });
});
