import { TEMPORARY_PARAMETER } from "@/lib/temporary/rules";

/** Those that this tab opened or shows. */
const known = new Set<string>();

export function tellTemporary(conversationId: string, isTemporary: boolean): void {
  if (isTemporary) known.add(conversationId);
  else known.delete(conversationId);
}

/** Whether a conversation is temporary; of home (null), whether the next question opens one that is. */
export const isTemporary = (conversationId: string | null): boolean =>
  conversationId === null
    ? window.location.pathname === "/" && new URLSearchParams(window.location.search).has(TEMPORARY_PARAMETER)
    : known.has(conversationId);
