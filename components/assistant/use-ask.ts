import { useState } from "react";
import type { ChatInput } from "@/lib/assistant/schema";
import { type Acceptance, ask } from "./live-turns";
import { useRefusalSentence } from "./use-refusal-sentence";

/** For the buttons that open a turn: what they wait for, and the sentence of a refusal. */
export function useAsk() {
  const refusalSentence = useRefusalSentence();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  return {
    isPending,
    refusal,
    async ask(input: ChatInput): Promise<Acceptance> {
      setPending(true);
      setRefusal(null);
      const acceptance = await ask(input);
      setPending(false);
      if (!acceptance.accepted) setRefusal(refusalSentence(acceptance.refusal));
      return acceptance;
    },
  };
}
