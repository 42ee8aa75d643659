import { findTurnToRead } from "@/lib/assistant/find-turn-to-read";
import { readTurn } from "@/lib/assistant/follow-turn";
import type { TurnParts } from "@/lib/assistant/stream-parts";
import { requireActor } from "@/lib/auth/actor";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ id: string }> };

/** For networks that hold streams back: what the running turn has said from a place on, at once. */
export const GET = route("turn.read", async (request, { params }: Context) => {
  const actor = await requireActor();
  const found = await findTurnToRead(actor, (await params).id, request);
  const nothing: TurnParts = { turnId: null, from: 0, parts: [] };
  const read = found ? await readTurn(found.turn.turnId, request.signal, found.from) : nothing;
  return Response.json(read, { headers: { "cache-control": "no-store" } });
});
