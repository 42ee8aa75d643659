"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ConversationIcon, NewConversationIcon } from "@/components/ui/icons";
import { groupByDate } from "@/lib/conversations/rules";
import type { ConversationPage } from "@/lib/conversations/schema";
import { ConversationRow } from "./conversation-row";
import { DateGroupTitle } from "./date-group-title";
import { pathOf, useConversations } from "./use-conversations";
import { useNow } from "./use-now";

type ConversationListProps = { firstPage: ConversationPage; now: Date };

export function ConversationList({ firstPage, now: renderedAt }: ConversationListProps) {
  const t = useTranslations("conversations");
  const pathname = usePathname();
  const list = useConversations(firstPage);
  const groups = groupByDate(list.conversations, useNow(renderedAt));
  const newLink = useRef<HTMLAnchorElement>(null);
  return (
    <nav aria-label={t("label")} className="flex min-h-0 flex-1 flex-col">
      <div className="p-3 max-md:pt-0">
        <ButtonLink ref={newLink} href="/" className="w-full">
          <NewConversationIcon />
          {t("new")}
        </ButtonLink>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        {groups.length === 0 && (
          <EmptyState icon={<ConversationIcon className="size-7" />} title={t("empty.title")}>
            {t("empty.text")}
          </EmptyState>
        )}
        {groups.map((group) => (
          <section key={group.kind === "month" ? group.month.toISOString() : group.kind} className="mt-3 first:mt-1">
            <DateGroupTitle group={group} />
            <ul>
              {group.conversations.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  isCurrent={pathname === pathOf(conversation.id)}
                  onRename={(title) => list.rename(conversation.id, title)}
                  onDelete={() => {
                    newLink.current?.focus();
                    void list.remove(conversation);
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
        {list.hasMore && (
          <Button
            variant="quiet"
            size="small"
            className="mt-3 w-full"
            isPending={list.isLoading}
            onClick={list.showMore}
          >
            {t("more")}
          </Button>
        )}
      </div>
    </nav>
  );
}
