import { requireActor } from "@/lib/auth/actor";
import { getPage } from "@/lib/documents/queries";
import { documentId, pageNumber } from "@/lib/documents/schema";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ id: string; number: string }> };

export const GET = route("document.page", async (_request, { params }: Context) => {
  const actor = await requireActor();
  const { id, number } = await params;
  const page = await getPage(actor, parseInput(documentId, id), parseInput(pageNumber, number));
  return Response.json(page, { headers: { "cache-control": "no-store" } });
});
