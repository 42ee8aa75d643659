import { requireActor } from "@/lib/auth/actor";
import { readAgain } from "@/lib/documents/read-again";
import { documentId } from "@/lib/documents/schema";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Context = { params: Promise<{ id: string }> };

/** Has a document that failed read again. */
export const POST = route("document.retry", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  return Response.json(await readAgain(actor, parseInput(documentId, (await params).id, "document_not_found")));
});
