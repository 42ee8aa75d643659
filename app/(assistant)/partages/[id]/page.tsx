import { getFormatter, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { FullPageMessage } from "@/components/layout/full-page-message";
import { PageTitle } from "@/components/layout/page-title";
import { CopyShareButton } from "@/components/sharing/copy-share-button";
import { SharedThread } from "@/components/sharing/shared-thread";
import { ButtonLink } from "@/components/ui/button";
import { actorOrSignIn } from "@/lib/auth/actor";
import { toErrorCode } from "@/lib/errors/app-error";
import { openShare } from "@/lib/sharing/queries";
import { type Share, shareId } from "@/lib/sharing/schema";

type Props = { params: Promise<{ id: string }> };

export default async function Page({ params }: Props) {
  const share = await findShare((await params).id);
  return share ? <SharedConversation share={share} /> : <NoShare />;
}

/** Null for one that never was, has expired or was closed: nobody learns which. */
async function findShare(id: string): Promise<Share | null> {
  const actor = await actorOrSignIn();
  if (!shareId.safeParse(id).success) return null;
  try {
    return await openShare(actor, id);
  } catch (error) {
    if (toErrorCode(error) === "share_not_found") return null;
    throw error;
  }
}

async function SharedConversation({
  share: { id, title, sharedBy, isMine, createdAt, expiresAt, messages },
}: {
  share: Share;
}) {
  const t = await getTranslations("sharing.page");
  const format = await getFormatter();
  const day = (date: Date) => format.dateTime(date, { dateStyle: "long" });
  return (
    <ClientMessages also={["sharing", "markdown"]}>
      <PageTitle>{title}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold wrap-anywhere sm:text-3xl">{title}</h1>
        <p className="mt-2 text-muted">{t("by", { name: sharedBy, date: day(createdAt), until: day(expiresAt) })}</p>
        {isMine && <p className="text-muted">{t("mine")}</p>}
        <SharedThread shareId={id} messages={messages} />
        <div className="mt-8 border-t border-line pt-6">
          <CopyShareButton id={id} />
        </div>
      </div>
    </ClientMessages>
  );
}

async function NoShare() {
  const t = await getTranslations("sharing.page.missing");
  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <FullPageMessage title={t("title")} text={t("text")}>
        <ButtonLink href="/">{t("home")}</ButtonLink>
      </FullPageMessage>
    </>
  );
}
