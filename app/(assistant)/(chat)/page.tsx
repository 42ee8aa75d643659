import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suggestions } from "@/components/assistant/suggestions";

export async function generateMetadata() {
  const t = await getTranslations("home");
  return { title: t("pageTitle") };
}

export default function HomePage() {
  const t = useTranslations("home");
  return (
    <div className="my-auto flex flex-col gap-8 py-6">
      <h1 className="text-center text-2xl font-semibold text-balance sm:text-3xl">
        {t.rich("title", { together: (words) => <span className="whitespace-nowrap">{words}</span> })}
      </h1>
      <Suggestions />
    </div>
  );
}
