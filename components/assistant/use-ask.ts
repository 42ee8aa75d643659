import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChatInput } from "@/lib/assistant/schema";
import { type Acceptance, ask } from "./live-turns";

/** For the buttons that open a turn: what they wait for, and the sentence of a refusal. */
export function useAsk() {
  const t = useTranslations("assistant");
  const errors = useTranslations("errors");
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
      if (!acceptance.accepted) setRefusal(acceptance.code === "network" ? t("network") : errors(acceptance.code));
      return acceptance;
    },
  };
}
