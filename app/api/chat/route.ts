import { followTurn, replayTurn } from "@/lib/assistant/follow-turn";
import { runTurn } from "@/lib/assistant/run-turn";
import { chatInput } from "@/lib/assistant/schema";
import { startTurn } from "@/lib/assistant/start-turn";
import { requireActor } from "@/lib/auth/actor";
import { parseBody } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

export const POST = route("turn.start", async (request) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const started = await startTurn(actor, await parseBody(chatInput, request));
  switch (started.kind) {
    case "opened":
      runTurn(started.turn);
      return followTurn(started.turn.turnId, request.signal);
    case "known":
      return replayTurn(actor, started.turn, request.signal);
    case "queued":
      return new Response(null, { status: 202 });
  }
});
