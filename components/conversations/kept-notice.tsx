"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useTransition } from "react";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { Button } from "@/components/ui/button";
import { InfoIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
import { pinConversationAction, unarchiveConversationsAction } from "@/lib/conversations/actions";
import { unanswered } from "@/lib/errors/unanswered";
import type { ActionResult } from "@/lib/http/attempt";

type KeptNoticeProps = { id: string; leavesAt: Date | null };

/** At the end of a conversation that is not in the list, or that leaves it soon for want of use. */
export function KeptNotice({ id, leavesAt }: KeptNoticeProps) {
  const t = useTranslations("conversations.kept");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const [isPending, startTransition] = useTransition();
  const notice = useFocusHandedOn<HTMLDivElement>(() => document.getElementById(COMPOSER_ID));
  const act = () =>
    startTransition(async () => {
      const done = leavesAt
        ? pinConversationAction({ id, isPinned: true })
        : unarchiveConversationsAction({ ids: [id] });
      const result = await (done as Promise<ActionResult<unknown>>).catch(unanswered);
      if (result.ok) return void showToast({ tone: "success", text: t(leavesAt ? "pinned" : "unarchived") });
      showToast({ tone: "danger", text: errors(result.code, "details" in result ? result.details : undefined) });
    });
  return (
    <div
      ref={notice}
      className="mt-8 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-line bg-surface px-4 py-1.5 text-sm text-muted print:hidden"
    >
      <InfoIcon className="size-4" />
      <p className="min-w-48 flex-1 py-1">
        {leavesAt ? t("leaving", { date: format.dateTime(leavesAt, { dateStyle: "long" }) }) : t("archived")}
      </p>
      <Button size="small" variant="quiet" isPending={isPending} onClick={act}>
        {leavesAt ? t("keep") : t("unarchive")}
      </Button>
    </div>
  );
}
