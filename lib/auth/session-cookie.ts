import { decode } from "next-auth/jwt";
import { z } from "zod";

const content = z.object({ sid: z.uuid() });

/**
 * The session that a cookie names, or null for one that we did not make or that is too old. It proves nothing by itself: the
 * session's row decides. Runs on the edge too.
 */
export async function readSessionCookie(value: string | undefined, secret: string): Promise<string | null> {
  if (!value) return null;
  try {
    return content.parse(await decode({ token: value, secret })).sid;
  } catch {
    return null; // forged, expired or made with another secret: the same as none
  }
}
