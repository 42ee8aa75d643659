"use client";

import { useTranslations } from "next-intl";
import { ConversationRow } from "@/components/conversations/conversation-row";
import { DateGroupTitle } from "@/components/conversations/date-group-title";

const usedAt = new Date(0);

export function GalleryConversations() {
  const t = useTranslations("gallery");
  const rows = [
    { id: "1", title: t("titleShort"), usedAt, isRunning: false, hasUnseenAnswer: false },
    { id: "2", title: t("titleRunning"), usedAt, isRunning: true, hasUnseenAnswer: false },
    { id: "3", title: t("titleLong"), usedAt, isRunning: false, hasUnseenAnswer: false },
  ];
  return (
    <>
      <DateGroupTitle group={{ kind: "today", conversations: rows }} />
      <ul>
        {rows.map((row) => (
          <ConversationRow
            key={row.id}
            conversation={row}
            isCurrent={row.id === "1"}
            onRename={async () => null}
            onDelete={() => {}}
          />
        ))}
      </ul>
    </>
  );
}
