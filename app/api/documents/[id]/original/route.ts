import { requireActor } from "@/lib/auth/actor";
import { getOriginal } from "@/lib/documents/queries";
import { documentId } from "@/lib/documents/schema";
import { attachment } from "@/lib/http/attachment";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ id: string }> };

/** The bytes as they were sent; `next.config.ts` has their policy. */
export const GET = route("document.original", async (_request, { params }: Context) => {
  const actor = await requireActor();
  return attachment(await getOriginal(actor, parseInput(documentId, (await params).id, "document_not_found")));
});
