import { getReadiness } from "@/lib/health/queries";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The process can serve people: its database and its model answer, and it is not stopping. */
export const GET = route("health.ready", async () => {
  const readiness = await getReadiness();
  return Response.json(readiness, { status: readiness.ready ? 200 : 503, headers: { "cache-control": "no-store" } });
});
