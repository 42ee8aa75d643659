import { findTurnToRead } from "@/lib/assistant/find-turn-to-read";
import { followTurn } from "@/lib/assistant/follow-turn";
import { requireActor } from "@/lib/auth/actor";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ id: string }> };

/** The turn being written in this conversation, from its start or from where the reader was; 204 when there is none. */
export const GET = route("turn.follow", async (request, { params }: Context) => {
  const actor = await requireActor();
  const found = await findTurnToRead(actor, (await params).id, request);
  return found ? followTurn(found.turn.turnId, request.signal, found.from) : new Response(null, { status: 204 });
});
