import { signOut } from "@/lib/auth/sign-out";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";

export const POST = route("session.end", async (request) => {
  requireSameOrigin(request);
  return signOut();
});
