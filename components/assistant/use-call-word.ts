import { useTranslations } from "next-intl";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { announceSessionEnded } from "@/components/auth/session-ended";
import type { CallWord } from "@/lib/assistant/schema";
import { sayToCall } from "./turn-requests";

export type Call = { conversationId: string; callId: string };

/**
 * What the agent says to a call that waits for them, or that they wait for no more. What was said stays `pending` until the call
 * moves on; a refusal gives the buttons back.
 */
export function useCallWord({ conversationId, callId }: Call) {
  const errors = useTranslations("errors");
  const [pending, setPending] = useState<CallWord["kind"] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  return {
    pending,
    refusal,
    async say(word: CallWord): Promise<void> {
      if (pending) return;
      setPending(word.kind);
      setRefusal(null);
      const refused = await sayToCall(conversationId, callId, word);
      if (!refused) return;
      if (refused.code === "not_signed_in") announceSessionEnded();
      setPending(null);
      setRefusal(errors(refused.code, refused.details));
    },
  };
}

/** When what `ref` holds goes away with the focus in it, the focus goes to the card. */
export function useFocusLeftToCard(ref: RefObject<HTMLElement | null>): void {
  const held = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    held.current = ref.current;
    return () => {
      const element = held.current;
      if (element?.contains(document.activeElement))
        element.closest("[data-tool-card]")?.querySelector("summary")?.focus({ preventScroll: true });
    };
  }, [ref]);
}
