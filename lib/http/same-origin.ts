import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";

/**
 * Refuses a request that another site made the browser send. For every handler that changes something; server actions
 * are checked by Next.
 */
export function requireSameOrigin(request: Request): void {
  // Browsers send Sec-Fetch-Site to https and localhost only; pages cannot write either header themselves.
  const site = request.headers.get("sec-fetch-site");
  const isOurs = site ? site === "same-origin" : request.headers.get("origin") === new URL(env().APP_URL).origin;
  if (!isOurs) throw new AppError("cross_site_request");
}
