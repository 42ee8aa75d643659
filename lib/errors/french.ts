import messages from "@/messages/fr.json";
import type { ErrorCode } from "./app-error";

/** One sentence per code, complete by construction: a code without its sentence in `messages/fr.json` does not compile. */
export const frenchMessage: Record<ErrorCode, string> = messages.errors;
