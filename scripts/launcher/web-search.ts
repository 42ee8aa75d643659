import type { Settings } from "../../lib/env.ts";
import { findLoopbackPort } from "./port.ts";
import type { Served } from "./stand-ins.ts";

const port = "Recherche web";
const forTheRealOne = "SEARXNG_URL ou STAAN_API_KEY";
const ANSWER_MS = 2_000;

/** The engines of the configuration, else, but not in production, one that searches a few pages of this machine. */
export async function serveWebSearch(settings: Settings): Promise<Served> {
  const engines = enginesOf(settings);
  if (engines.length > 0) {
    const servedBy = engines.map(({ label }) => label).join(", ");
    return { row: { port, servedBy, data: engines.map(({ host }) => host).join(", "), forTheRealOne: "✓" }, env: {} };
  }
  if (settings.APP_ENV === "production")
    return { row: { port, servedBy: "aucune", data: "aucune", forTheRealOne }, env: {} };
  const { startDemoSearch } = await import("../../dev/demo-search.ts");
  const demo = await startDemoSearch({ port: await findLoopbackPort(settings.PORT + 3) });
  return {
    row: { port, servedBy: "moteur de démonstration", data: demo.baseUrl, forTheRealOne },
    env: {
      SEARXNG_URL: demo.baseUrl,
      SEARXNG_LABEL: "Moteur de démonstration",
      SEARXNG_HOSTING: settings.SEARXNG_HOSTING ?? "cette machine",
      DEV_FETCH_ALLOW: [...settings.DEV_FETCH_ALLOW, ...demo.hosts].join(","),
      WEB_PREFERRED_DOMAINS: [...settings.WEB_PREFERRED_DOMAINS, ...demo.officialHosts].join(","),
    },
  };
}

/** In the order in which they are asked. */
function enginesOf({ WEB_SEARCH_ENGINES, SEARXNG_URL, SEARXNG_LABEL, STAAN_URL, STAAN_API_KEY }: Settings) {
  const known = [
    ...(SEARXNG_URL ? [{ name: "searxng", label: SEARXNG_LABEL, host: new URL(SEARXNG_URL).host }] : []),
    ...(STAAN_API_KEY ? [{ name: "staan", label: "Staan", host: new URL(STAAN_URL).host }] : []),
  ];
  if (!WEB_SEARCH_ENGINES) return known;
  return WEB_SEARCH_ENGINES.flatMap((wanted) => known.find(({ name }) => name === wanted) ?? []);
}

/**
 * What is wrong with SearXNG, and how to put it right; null when nothing is. Without it, the application does everything else: it
 * starts. No query is sent: SearXNG says whether it knows the format before it looks for one.
 */
export async function searxngWarning({ SEARXNG_URL }: Settings): Promise<string | null> {
  if (!SEARXNG_URL) return null;
  const address = `${SEARXNG_URL.replace(/\/+$/, "")}/search?format=json`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS), redirect: "manual" });
    await response.body?.cancel();
    if (response.status === 403)
      return "SearXNG refuse le format JSON (403) : ajoutez « json » à « search.formats » dans son settings.yml (voir deploy/searxng). La recherche web ne fonctionnera pas d’ici là.";
    return null;
  } catch {
    return "SearXNG ne répond pas à l’adresse de SEARXNG_URL : la recherche web ne fonctionnera pas tant qu’il ne répond pas.";
  }
}
