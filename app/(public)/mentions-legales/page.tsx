import { getTranslations } from "next-intl/server";
import { Prose } from "@/components/public/prose";
import { PublicArticle } from "@/components/public/public-article";
import { getPublicText } from "@/lib/content/queries";

// The operator may replace the text while the application runs.
export const dynamic = "force-dynamic";

export default async function Page() {
  const t = await getTranslations("public");
  return (
    <PublicArticle title={t("legal.title")}>
      <Prose>{await getPublicText("mentions-legales")}</Prose>
    </PublicArticle>
  );
}
