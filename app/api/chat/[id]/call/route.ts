import { sayToCall } from "@/lib/assistant/call-words";
import { findRunningTurn } from "@/lib/assistant/queries";
import { callWordInput } from "@/lib/assistant/schema";
import { requireActor } from "@/lib/auth/actor";
import { conversationId } from "@/lib/conversations/schema";
import { parseBody, parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Context = { params: Promise<{ id: string }> };

/** What the agent says to a call of a tool of the running turn. 202 also when nothing runs any more. */
export const POST = route("turn.call", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const id = parseInput(conversationId, (await params).id, "conversation_not_found");
  const { callId, word } = await parseBody(callWordInput, request);
  const running = await findRunningTurn(actor, id);
  if (running) await sayToCall(running.turnId, callId, word);
  return new Response(null, { status: 202 });
});
