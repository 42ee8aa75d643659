import { z } from "zod";
import { requireActor } from "@/lib/auth/actor";
import { listDocuments } from "@/lib/documents/queries";
import { receiveDocument } from "@/lib/documents/receive-document";
import { documentId, documentIds } from "@/lib/documents/schema";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

const sizeInput = z.coerce.number().int().min(0).catch(0);

/**
 * A file: its bytes are the body, its name and its identifier are in the query. Never read whole in memory. The browser makes the
 * identifier, so that sending again after a cut gives the same document.
 */
export const POST = route("document.receive", async (request) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const query = new URL(request.url).searchParams;
  const document = await receiveDocument(actor, {
    id: parseInput(documentId, query.get("id")),
    name: query.get("name") ?? "",
    sizeBytes: sizeInput.parse(request.headers.get("content-length")),
    bytes: request.body,
    isTemporary: query.has("temporary"),
  });
  return Response.json(document, { status: 201 });
});

/** Where the actor's documents `?ids=…,…` have got to. */
export const GET = route("document.list", async (request) => {
  const actor = await requireActor();
  const ids = parseInput(documentIds, (new URL(request.url).searchParams.get("ids") ?? "").split(",").filter(Boolean));
  return Response.json(await listDocuments(actor, ids), { headers: { "cache-control": "no-store" } });
});
