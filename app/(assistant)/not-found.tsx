import { getTranslations } from "next-intl/server";
import { FullPageMessage } from "@/components/layout/full-page-message";
import { ButtonLink } from "@/components/ui/button";

/** The same words whether the conversation never existed, was deleted or is someone else's. */
export default async function ConversationNotFound() {
  const t = await getTranslations("notFound.conversation");
  return (
    <FullPageMessage title={t("title")} text={t("text")}>
      <ButtonLink href="/" variant="primary">
        {t("new")}
      </ButtonLink>
    </FullPageMessage>
  );
}
