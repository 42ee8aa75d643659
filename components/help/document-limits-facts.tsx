import { useTranslations } from "next-intl";
import { useSize } from "@/components/documents/use-size";
import type { DocumentLimits } from "@/lib/documents/schema";

/** How large and how many documents may be. */
export function DocumentLimitsFacts({ limits }: { limits: DocumentLimits }) {
  const t = useTranslations("help.documents");
  const size = useSize();
  const { fileBytesMax, perMessageMax, perAgentMax, agentBytesMax } = limits;
  return (
    <p>
      {t("limits", {
        file: size(fileBytesMax),
        perMessage: perMessageMax,
        perAgent: perAgentMax,
        total: size(agentBytesMax),
      })}
    </p>
  );
}
