import type { SearchEngine } from "@/lib/web/schema";
import type { SearchWebOutput } from "./web.schema";

/** The engines that a query left for, in order: each but the last one did not answer. */
export function receiversOf({ step, engine, engines }: SearchWebOutput): SearchEngine[] {
  if (step === "confirming" || step === "refused" || step === "limited") return [];
  return engines ?? (engine ? [engine] : []);
}
