import "server-only";
import { env } from "@/lib/env";
import { MEGABYTE } from "./rules";
import type { DocumentLimits } from "./schema";

/** As configured. */
export function documentLimits(): DocumentLimits {
  const settings = env();
  return {
    fileBytesMax: settings.DOCUMENT_MEGABYTES_MAX * MEGABYTE,
    perMessageMax: settings.DOCUMENTS_PER_MESSAGE_MAX,
    perAgentMax: settings.DOCUMENTS_PER_AGENT_MAX,
    agentBytesMax: settings.DOCUMENTS_MEGABYTES_PER_AGENT_MAX * MEGABYTE,
  };
}
