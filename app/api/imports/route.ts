import { requireActor } from "@/lib/auth/actor";
import { receiveArchive } from "@/lib/export/start-transfer";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

/** An archive of « Exporter toutes mes données »: its bytes are the body, never read whole in memory. A job looks at it. */
export const POST = route("archive.receive", async (request) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const { transferId } = await receiveArchive(actor, request.body);
  return Response.json({ id: transferId }, { status: 202 });
});
