import { createTranslator } from "next-intl";
import messages from "@/messages/fr.json";
import type { ErrorCode, ErrorDetails } from "./app-error";

/** One sentence per code, complete by construction: a code without its sentence in `messages/fr.json` does not compile. */
const sentences: Record<ErrorCode, string> = messages.errors;
const translate = createTranslator({ locale: "fr", messages: { errors: sentences }, namespace: "errors" });

export const frenchSentence = (code: ErrorCode, details: ErrorDetails = {}): string => translate(code, details);
