import { returnFromSignOut } from "@/lib/auth/sign-out";
import { route } from "@/lib/http/route";

/** ProConnect sends the browser back here after a sign-out. */
export const GET = route("session.ended", async (request) => {
  const location = await returnFromSignOut(new URL(request.url).searchParams.get("state"));
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
});
