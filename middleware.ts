import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER, SESSION_COOKIE } from "@/lib/auth/cookies";
import { isPublicPath, signInPath } from "@/lib/auth/rules";
import { readSessionCookie } from "@/lib/auth/session-cookie";
import { env, isNextDevelopment } from "@/lib/env";
import { BODY_BYTES_MAX } from "@/lib/http/parse";
import { contentSecurityPolicy, NONCE_HEADER, newNonce, securityHeaders } from "@/lib/http/security-headers";

/**
 * Sends visitors to the public pages, and sets the headers. A courtesy, not a lock: whether someone may read or do something is decided
 * by the gates of `lib/auth/actor.ts`, with or without this file.
 */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const { APP_URL, AUTH_SECRET } = env();
  const { pathname, search } = request.nextUrl;
  // Server actions and handlers answer for themselves: a redirection would lose what was sent.
  const isPageVisit = ["GET", "HEAD"].includes(request.method) && !pathname.startsWith("/api/");
  const isPublic = isPublicPath(pathname);
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce, { isDevelopment: isNextDevelopment });

  const response = isActionTooLarge(request)
    ? new NextResponse(null, { status: 413 })
    : !isPageVisit || isPublic || (await readSessionCookie(request.cookies.get(SESSION_COOKIE)?.value, AUTH_SECRET))
      ? NextResponse.next({ request: { headers: forwarded(request, nonce, policy, `${pathname}${search}`) } })
      : NextResponse.redirect(
          new URL(pathname === "/" ? "/accueil" : signInPath({ path: `${pathname}${search}` }), APP_URL),
        );

  for (const [name, value] of securityHeaders({ isHttps: APP_URL.startsWith("https:") }))
    response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  if (!isPublic) response.headers.set("cache-control", "no-store");
  return response;
}

/** Next itself refuses the body of an action over 1 MB, whatever its declared length, but calls that a failure of the server. */
function isActionTooLarge(request: NextRequest): boolean {
  return request.headers.has("next-action") && Number(request.headers.get("content-length")) > BODY_BYTES_MAX;
}

function forwarded(request: NextRequest, nonce: string, policy: string, path: string): Headers {
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set("content-security-policy", policy); // where Next finds the nonce for its own scripts
  headers.set(PATH_HEADER, path);
  return headers;
}

export const config = {
  // Not for files: what is built, and what `public/` holds, such as the parts of pdf.js. Nor for turns, where each millisecond counts, and documents and archives, whose
  // bytes it would cut at 10 MB: their handlers are gates by themselves, and next.config.ts gives them their headers.
  matcher: [
    "/((?!api/(?:chat|documents|exports|imports)(?:/|$)|pdfjs/|_next/static|_next/image|.*\\.(?:svg|png|ico|webp|woff2|txt|xml|webmanifest|css|js|map)$).*)",
  ],
};
