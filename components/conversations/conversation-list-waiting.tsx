import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

const WIDTHS = ["w-3/4", "w-11/12", "w-2/3", "w-5/6", "w-3/5", "w-4/5"];

export function ConversationListWaiting() {
  const t = useTranslations("conversations");
  return (
    <div className="flex flex-col gap-5 p-4 pt-6">
      <VisuallyHidden>{t("loading")}</VisuallyHidden>
      {WIDTHS.map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
