"use client";

import { useTranslations } from "next-intl";
import { ConversationRow } from "@/components/conversations/conversation-row";
import { GroupTitle } from "@/components/conversations/group-title";
import type { ConversationActs } from "@/components/conversations/use-conversations";

const usedAt = new Date(0);

const nothing: ConversationActs = {
  rename: async () => null,
  pin: async () => {},
  archive: async () => {},
  remove: async () => {},
};

export function GalleryConversations() {
  const t = useTranslations("gallery");
  const groups = useTranslations("conversations.groups");
  const rows = [
    {
      id: "1",
      title: t("titleShort"),
      usedAt,
      isRunning: false,
      hasUnseenAnswer: false,
      isPinned: false,
      projectId: null,
    },
    {
      id: "2",
      title: t("titleRunning"),
      usedAt,
      isRunning: true,
      hasUnseenAnswer: false,
      isPinned: false,
      projectId: null,
    },
    {
      id: "3",
      title: t("titleLong"),
      usedAt,
      isRunning: false,
      hasUnseenAnswer: false,
      isPinned: false,
      projectId: null,
    },
  ];
  return (
    <>
      <GroupTitle>{groups("today")}</GroupTitle>
      <ul>
        {rows.map((row) => (
          <ConversationRow
            key={row.id}
            conversation={row}
            isCurrent={row.id === "1"}
            project={row.id === "3" ? { id: "1", title: t("titleShort"), colour: "purple" } : undefined}
            canShare
            acts={nothing}
            dragging={{ start: () => {}, prepare: () => {} }}
            onLeave={() => {}}
            onMove={() => {}}
            onSelect={() => {}}
          />
        ))}
      </ul>
    </>
  );
}
