import { decode } from "next-auth/jwt";
import { z } from "zod";

const content = z.object({ sid: z.uuid() });

/** What was deciphered lately: a browser sends the same cookie with each request, and deciphering it takes a millisecond. */
const known = new Map<string, { sid: string; until: number }>();
const KNOWN_MAX = 2_000;
const KNOWN_MS = 60_000;

/**
 * The session that a cookie names, or null for one that we did not make or that is too old. It proves nothing by itself: the
 * session's row decides. Runs on the edge too.
 */
export async function readSessionCookie(value: string | undefined, secret: string): Promise<string | null> {
  if (!value) return null;
  const key = `${secret} ${value}`;
  const found = known.get(key);
  if (found && found.until > Date.now()) return found.sid;
  known.delete(key);
  try {
    const { sid } = content.parse(await decode({ token: value, secret }));
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(key, { sid, until: Date.now() + KNOWN_MS });
    return sid;
  } catch {
    return null; // forged, expired or made with another secret: the same as none
  }
}
