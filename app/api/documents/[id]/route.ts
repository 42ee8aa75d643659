import { requireActor } from "@/lib/auth/actor";
import { removeDocument } from "@/lib/documents/remove-document";
import { documentId } from "@/lib/documents/schema";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Context = { params: Promise<{ id: string }> };

export const DELETE = route("document.remove", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  await removeDocument(actor, parseInput(documentId, (await params).id, "document_not_found"));
  return new Response(null, { status: 204 });
});
