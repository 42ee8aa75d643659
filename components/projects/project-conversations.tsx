"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { Group } from "@/components/conversations/conversation-group";
import { ConversationRow } from "@/components/conversations/conversation-row";
import { useGroupTitle } from "@/components/conversations/group-title";
import { pathOf, useConversations } from "@/components/conversations/use-conversations";
import { useNow } from "@/components/conversations/use-now";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ConversationIcon } from "@/components/ui/icons";
import { groupByDate } from "@/lib/conversations/rules";
import type { ConversationPage, ConversationSummary } from "@/lib/conversations/schema";
import { listProjectConversationsAction } from "@/lib/projects/actions";
import { useDragging } from "./use-dragging";

const MoveDialog = lazy(async () => ({ default: (await import("./move-dialog")).MoveDialog }));

type ProjectConversationsProps = { projectId: string; firstPage: ConversationPage; canShare: boolean; now: Date };

/** The conversations of a project, the most recently used first. */
export function ProjectConversations({ projectId, firstPage, canShare, now }: ProjectConversationsProps) {
  const t = useTranslations("projects.conversations");
  const pathname = usePathname();
  const titleOf = useGroupTitle();
  const dragging = useDragging();
  const heading = useRef<HTMLHeadingElement>(null);
  const [moved, setMoved] = useState<readonly ConversationSummary[] | null>(null);
  const lists = useMemo(() => ({ ...firstPage, pinned: [] }), [firstPage]);
  const { conversations, hasMore, isLoading, showMore, acts } = useConversations(lists, {
    loadMore: (cursor) => listProjectConversationsAction({ id: projectId, cursor }),
    isListed: (conversation) => conversation.projectId === projectId,
  });
  const onLeave = useCallback(() => heading.current?.focus(), []);
  const onMove = useCallback((conversation: ConversationSummary) => setMoved([conversation]), []);
  return (
    <section aria-labelledby="conversations">
      <h2 ref={heading} id="conversations" tabIndex={-1} className="text-lg font-semibold outline-none">
        {t("title")}
      </h2>
      {conversations.length === 0 && !hasMore && (
        <EmptyState icon={<ConversationIcon className="size-7" />} title={t("empty.title")}>
          {t("empty.text")}
        </EmptyState>
      )}
      <div className="-mx-3">
        {groupByDate(conversations, useNow(now)).map((group) => (
          <Group
            key={group.kind === "month" ? group.month.toISOString() : group.kind}
            title={titleOf(group)}
            size={group.conversations.length}
          >
            {group.conversations.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                isCurrent={pathname === pathOf(conversation.id)}
                canShare={canShare}
                acts={acts}
                dragging={dragging}
                onLeave={onLeave}
                onMove={onMove}
              />
            ))}
          </Group>
        ))}
      </div>
      {hasMore && (
        <Button variant="quiet" className="mt-3 w-full" isPending={isLoading} onClick={showMore}>
          {t("more")}
        </Button>
      )}
      {moved && (
        <Suspense fallback={null}>
          <MoveDialog conversations={moved} onLeave={onLeave} onClose={() => setMoved(null)} />
        </Suspense>
      )}
    </section>
  );
}
