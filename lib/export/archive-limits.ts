import "server-only";
import { documentLimits } from "@/lib/documents/limits";

/** Of conversations, beside the documents. */
const CONVERSATIONS_BYTES = 1_000_000_000;

/** What an archive may weigh, closed or once inflated: all that an agent may keep. */
export const archiveBytesMax = (): number => documentLimits().agentBytesMax + CONVERSATIONS_BYTES;
