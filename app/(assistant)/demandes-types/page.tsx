import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { PromptLists } from "@/components/prompts/prompt-lists";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listPrompts } from "@/lib/saved-prompts/queries";

export default async function Page() {
  const actor = await actorOrSignIn();
  const [t, prompts] = await Promise.all([getTranslations("prompts"), listPrompts(actor)]);
  return (
    <ClientMessages also={["prompts"]}>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("intro")}</p>
        <PromptLists agentId={actor.agentId} prompts={prompts} />
      </div>
    </ClientMessages>
  );
}
