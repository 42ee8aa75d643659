import { requireActor } from "@/lib/auth/actor";
import { attachment } from "@/lib/http/attachment";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { getSharedFile } from "@/lib/sharing/queries";
import { sharedFileInput } from "@/lib/sharing/schema";

type Context = { params: Promise<{ id: string; documentId: string }> };

/** A document that came with a conversation, for whoever was given its link. */
export const GET = route("share.document", async (_request, { params }: Context) => {
  const actor = await requireActor();
  return attachment(await getSharedFile(actor, parseInput(sharedFileInput, await params, "share_not_found")));
});
