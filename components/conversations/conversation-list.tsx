"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { dropClass } from "@/components/projects/drop-class";
import { ProjectLinks } from "@/components/projects/project-links";
import { useDragging } from "@/components/projects/use-dragging";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { ConversationIcon, NewConversationIcon, SelectIcon } from "@/components/ui/icons";
import { listConversationsAction } from "@/lib/conversations/actions";
import { groupByDate } from "@/lib/conversations/rules";
import type { ConversationLists, ConversationSummary } from "@/lib/conversations/schema";
import type { ProjectSummary } from "@/lib/projects/schema";
import { Group } from "./conversation-group";
import { ConversationRow } from "./conversation-row";
import { useGroupTitle } from "./group-title";
import { pathOf, useConversations } from "./use-conversations";
import { useNow } from "./use-now";

const loadSelection = () => import("./selection");
const Selection = lazy(async () => ({ default: (await loadSelection()).Selection }));

const MoveDialog = lazy(async () => ({ default: (await import("@/components/projects/move-dialog")).MoveDialog }));

type ConversationListProps = {
  lists: ConversationLists;
  projects: readonly ProjectSummary[];
  canShare: boolean;
  now: Date;
};

const listing = {
  loadMore: (cursor: string) => listConversationsAction({ cursor }),
  isListed: ({ isPinned, projectId }: ConversationSummary) => !isPinned && projectId === null,
};

/** Some of the conversations, under a title. */
export type ConversationGroup = { key: string; title: string; conversations: readonly ConversationSummary[] };

export function ConversationList({ lists, projects, canShare, now: renderedAt }: ConversationListProps) {
  const t = useTranslations("conversations");
  const pathname = usePathname();
  const { pinned, conversations, hasMore, isLoading, showMore, acts } = useConversations(lists, listing);
  const groups = useGroups(pinned, conversations, useNow(renderedAt));
  const dragging = useDragging();
  const newLink = useRef<HTMLAnchorElement>(null);
  const selectButton = useRef<HTMLButtonElement>(null);
  /** What the selection begins with; null when nothing is being selected. */
  const [selectedFirst, setSelectedFirst] = useState<readonly string[] | null>(null);

  const onLeave = useCallback(() => newLink.current?.focus(), []);
  const onSelect = useCallback((id: string) => setSelectedFirst([id]), []);
  const [moved, setMoved] = useState<readonly ConversationSummary[] | null>(null);
  const onMove = useCallback((conversation: ConversationSummary) => setMoved([conversation]), []);
  const onMoved = () => {
    setSelectedFirst(null);
    onLeave();
  };
  const projectOf = useMemo(() => new Map(projects.map((project) => [project.id, project])), [projects]);
  const endSelection = () => {
    setSelectedFirst(null);
    requestAnimationFrame(() => selectButton.current?.focus());
  };
  const prepare = () => void loadSelection().catch(() => {}); // asked again, and shown, when it begins

  const more = hasMore && (
    <Button variant="quiet" size="small" className="mt-3 w-full" isPending={isLoading} onClick={showMore}>
      {t("more")}
    </Button>
  );

  return (
    <nav aria-label={t("label")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex gap-1 p-3">
        <ButtonLink ref={newLink} href="/" className="min-w-0 flex-1 text-sm whitespace-nowrap">
          <NewConversationIcon />
          {t("new")}
        </ButtonLink>
        {groups.length > 0 && (
          <IconButton
            ref={selectButton}
            label={t("selecting.start")}
            size="small"
            aria-pressed={selectedFirst !== null}
            className="self-center aria-pressed:bg-action-soft aria-pressed:text-action"
            onPointerEnter={prepare}
            onFocus={prepare}
            onClick={() => (selectedFirst ? endSelection() : setSelectedFirst([]))}
          >
            <SelectIcon />
          </IconButton>
        )}
      </div>
      {selectedFirst && groups.length > 0 ? (
        <Suspense fallback={<div className="flex-1" />}>
          <Selection groups={groups} first={selectedFirst} acts={acts} onMove={setMoved} onEnd={endSelection}>
            {more}
          </Selection>
        </Suspense>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
          <ProjectLinks projects={projects} />
          <div data-drop-project="" className={dropClass}>
            {groups.length === 0 && (
              <EmptyState icon={<ConversationIcon className="size-7" />} title={t("empty.title")}>
                {t("empty.text")}
              </EmptyState>
            )}
            {groups.map(({ key, title, conversations: listed }) => (
              <Group key={key} title={title} size={listed.length}>
                {listed.map((conversation) => (
                  <ConversationRow
                    key={conversation.id}
                    conversation={conversation}
                    isCurrent={pathname === pathOf(conversation.id)}
                    project={conversation.projectId === null ? undefined : projectOf.get(conversation.projectId)}
                    canShare={canShare}
                    acts={acts}
                    dragging={dragging}
                    onLeave={onLeave}
                    onMove={onMove}
                    onSelect={onSelect}
                  />
                ))}
              </Group>
            ))}
            {more}
          </div>
        </div>
      )}
      {moved && (
        <Suspense fallback={null}>
          <MoveDialog conversations={moved} onLeave={onMoved} onClose={() => setMoved(null)} />
        </Suspense>
      )}
    </nav>
  );
}

/** Those that are pinned, then the others by date. */
function useGroups(
  pinned: readonly ConversationSummary[],
  conversations: readonly ConversationSummary[],
  now: Date,
): readonly ConversationGroup[] {
  const t = useTranslations("conversations.groups");
  const titleOf = useGroupTitle();
  return useMemo(() => {
    const dated = groupByDate(conversations, now).map((group) => ({
      key: group.kind === "month" ? group.month.toISOString() : group.kind,
      title: titleOf(group),
      conversations: group.conversations,
    }));
    return pinned.length === 0 ? dated : [{ key: "pinned", title: t("pinned"), conversations: pinned }, ...dated];
  }, [pinned, conversations, now, titleOf, t]);
}
