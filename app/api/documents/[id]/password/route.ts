import { requireActor } from "@/lib/auth/actor";
import { readWithPassword } from "@/lib/documents/read-again";
import { documentId, passwordInput } from "@/lib/documents/schema";
import { parseBody, parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Context = { params: Promise<{ id: string }> };

/** Reads a protected document with its password, which is used once and kept nowhere. Answers when it is read, or not. */
export const POST = route("document.password", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const id = parseInput(documentId, (await params).id, "document_not_found");
  const { password } = await parseBody(passwordInput, request);
  return Response.json(await readWithPassword(actor, id, password));
});
