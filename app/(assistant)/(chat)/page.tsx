import { useTranslations } from "next-intl";
import { Suggestions } from "@/components/assistant/suggestions";
import { TemporaryChoice } from "@/components/temporary/temporary-choice";
import { listSearchEngines } from "@/lib/providers/web-search";

export default function HomePage() {
  const t = useTranslations("home");
  return (
    <div className="my-auto flex flex-col gap-8 py-6">
      <h1 className="text-center text-2xl font-semibold text-balance sm:text-3xl">
        {t.rich("title", { together: (words) => <span className="whitespace-nowrap">{words}</span> })}
      </h1>
      <TemporaryChoice title={t("pageTitle")} />
      <Suggestions canSearch={listSearchEngines().length > 0} />
    </div>
  );
}
