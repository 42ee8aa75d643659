import { requireActor } from "@/lib/auth/actor";
import { contentTypeOf } from "@/lib/export/rules";
import { exportInput } from "@/lib/export/schema";
import { exportConversations } from "@/lib/export/start-transfer";
import { contentDisposition } from "@/lib/http/attachment";
import { parseBody } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

/**
 * A message, a conversation or a selection as a file: at once when it is small (200, its bytes), else made by a job (202, its
 * identifier; `app/api/exports/[id]` then gives it).
 */
export const POST = route("export.make", async (request) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const made = await exportConversations(actor, await parseBody(exportInput, request), request.signal);
  if ("transferId" in made) return Response.json({ id: made.transferId }, { status: 202 });
  const { name, bytes } = made.file;
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": contentTypeOf(name),
      "content-length": String(bytes.length),
      "content-disposition": contentDisposition(name),
      "cache-control": "no-store",
    },
  });
});
