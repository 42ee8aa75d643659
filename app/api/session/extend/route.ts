import { findSessionLeft, requireActor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

export const POST = route("session.extend", async (request) => {
  requireSameOrigin(request);
  await requireActor(); // being there is activity
  const left = await findSessionLeft();
  if (!left) throw new AppError("not_signed_in");
  return Response.json(left, { headers: { "cache-control": "no-store" } });
});
