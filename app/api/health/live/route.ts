import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The process answers. */
export const GET = route("health.live", async () =>
  Response.json({ live: true }, { headers: { "cache-control": "no-store" } }),
);
