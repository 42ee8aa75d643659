import { requireIdleActor } from "@/lib/auth/actor";
import { conversationId } from "@/lib/conversations/schema";
import { parseBody, parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { leaveTemporary, showTemporary } from "@/lib/temporary/mutations";
import { presenceInput } from "@/lib/temporary/schema";

type Context = { params: Promise<{ id: string }> };

/** A page shows a temporary conversation, or leaves it. */
export const POST = route("temporary.presence", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const actor = await requireIdleActor();
  const id = parseInput(conversationId, (await params).id, "conversation_not_found");
  const { isShown } = await parseBody(presenceInput, request);
  await (isShown ? showTemporary : leaveTemporary)(actor, id);
  return new Response(null, { status: 204 });
});
