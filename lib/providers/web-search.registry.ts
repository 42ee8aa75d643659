import "server-only";
import type { ENGINE_VARIABLES, Settings } from "@/lib/env";
import type { SearchEngineAdapter } from "./web-search.engine";
import { searxngOf } from "./web-search.searxng";
import { staanOf } from "./web-search.staan";

/** In their order by default. Null: its variables are not set. */
const ADAPTERS: Record<keyof typeof ENGINE_VARIABLES, (settings: Settings) => SearchEngineAdapter | null> = {
  searxng: searxngOf,
  staan: staanOf,
};

/** The engines of the configuration, in the order in which they are asked. */
export function searchAdaptersOf(settings: Settings): SearchEngineAdapter[] {
  const names = settings.WEB_SEARCH_ENGINES ?? (Object.keys(ADAPTERS) as (keyof typeof ADAPTERS)[]);
  return [...new Set(names)].flatMap((name) => ADAPTERS[name](settings) ?? []);
}
