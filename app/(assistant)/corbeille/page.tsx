import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { LeavingList } from "@/components/shelves/leaving-list";
import { TrashList } from "@/components/shelves/shelf";
import { actorOrSignIn } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { countTrash, listLeaving, listTrash } from "@/lib/trash/queries";
import { TRASH_ANCHOR } from "@/lib/trash/rules";

export default async function Page() {
  const actor = await actorOrSignIn();
  const { RETENTION_MONTHS, TRASH_DAYS } = env();
  const [t, page, count, leaving] = await Promise.all([
    getTranslations("shelves.trash"),
    listTrash(actor),
    countTrash(actor),
    listLeaving(actor, RETENTION_MONTHS),
  ]);
  return (
    <ClientMessages also={["shelves", "conversations"]}>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("about", { days: TRASH_DAYS })}</p>
        {leaving.length > 0 && <LeavingList conversations={leaving} months={RETENTION_MONTHS} />}
        <h2
          id={TRASH_ANCHOR}
          tabIndex={-1}
          className={leaving.length > 0 ? "mt-8 text-xl font-semibold outline-none" : "sr-only"}
        >
          {t("inIt")}
        </h2>
        <TrashList firstPage={page} count={count} trashDays={TRASH_DAYS} now={new Date()} />
      </div>
    </ClientMessages>
  );
}
