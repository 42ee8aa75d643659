"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { PinIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
import { pinConversationAction } from "@/lib/conversations/actions";
import { unanswered } from "@/lib/errors/unanswered";
import { LEAVING_ANCHOR, LEAVING_SHOWN_MAX, TRASH_ANCHOR } from "@/lib/trash/rules";
import type { LeavingConversation } from "@/lib/trash/schema";
import { ShelfItem } from "./shelf-row";

type LeavingListProps = { conversations: readonly LeavingConversation[]; months: number };

/** What goes to the trash soon for want of use; each can be kept. */
export function LeavingList({ conversations, months }: LeavingListProps) {
  const t = useTranslations("shelves.leaving");
  const shelves = useTranslations("shelves");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const heading = useRef<HTMLHeadingElement>(null);
  // With the last of them, the heading itself goes.
  const section = useFocusHandedOn<HTMLElement>(() => document.getElementById(TRASH_ANCHOR));
  const dateOf = (moment: Date) => format.dateTime(moment, { dateStyle: "long" });

  const keep = async ({ id, title }: LeavingConversation) => {
    const result = await pinConversationAction({ id, isPinned: true }).catch(unanswered);
    if (result.ok) {
      heading.current?.focus();
      showToast({ tone: "success", text: t("kept", { title }) });
    } else {
      const details = "details" in result ? result.details : undefined;
      showToast({ tone: "danger", text: errors(result.code, details) });
    }
  };

  return (
    <section ref={section} aria-labelledby={LEAVING_ANCHOR} className="mt-8">
      <h2 ref={heading} id={LEAVING_ANCHOR} tabIndex={-1} className="scroll-mt-20 text-xl font-semibold outline-none">
        {t("title")}
      </h2>
      <p className="mt-1 text-muted">{t("about", { months })}</p>
      <ul className="divide-y divide-line">
        {conversations.map((conversation) => (
          <ShelfItem
            key={conversation.id}
            title={conversation.title}
            href={`/conversations/${conversation.id}`}
            facts={`${t("at", { date: dateOf(conversation.leavesAt) })} · ${shelves("lastUsed", { date: dateOf(conversation.usedAt) })}`}
          >
            <Button
              size="small"
              aria-label={t("keepNamed", { title: conversation.title })}
              onClick={() => void keep(conversation)}
            >
              <PinIcon className="size-4" />
              {t("keep")}
            </Button>
          </ShelfItem>
        ))}
      </ul>
      {conversations.length === LEAVING_SHOWN_MAX && (
        <p className="py-4 text-sm text-muted">{t("cut", { max: LEAVING_SHOWN_MAX })}</p>
      )}
    </section>
  );
}
