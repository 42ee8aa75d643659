import { findSessionLeft } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { route } from "@/lib/http/route";

/** What is left of the session. Asking is not activity. */
export const GET = route("session.read", async () => {
  const left = await findSessionLeft();
  if (!left) throw new AppError("not_signed_in");
  return Response.json(left, { headers: { "cache-control": "no-store" } });
});
