"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ArchiveIcon, TrashIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import type { StoredConversation, StoredPage } from "@/lib/conversations/schema";
import { unanswered } from "@/lib/errors/unanswered";
import { emptyTrashAction } from "@/lib/trash/actions";
import { daysLeft } from "@/lib/trash/rules";
import { ConfirmDialog } from "./confirm-dialog";
import { ShelfRow } from "./shelf-row";
import { useShelf } from "./use-shelf";

export function ArchivesList({ firstPage }: { firstPage: StoredPage }) {
  const t = useTranslations("shelves.archives");
  const shelf = useShelf("archives", firstPage);
  const list = useRef<HTMLUListElement>(null);
  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label={t("title")} className="divide-y divide-line outline-none">
        {shelf.conversations.map((conversation) => (
          <ShelfRow
            key={conversation.id}
            shelf="archives"
            conversation={conversation}
            onBack={() => {
              // The button that has the focus goes with its row.
              list.current?.focus();
              void shelf.giveBack(conversation);
            }}
            onRemove={() => {
              list.current?.focus();
              void shelf.remove(conversation);
            }}
          />
        ))}
      </ul>
      {shelf.conversations.length === 0 && !shelf.hasMore && (
        <EmptyState
          icon={<ArchiveIcon className="size-8" />}
          title={t("empty.title")}
          actions={<ButtonLink href="/">{t("empty.action")}</ButtonLink>}
        >
          {t("empty.text")}
        </EmptyState>
      )}
      <More {...shelf} />
    </>
  );
}

type TrashListProps = { firstPage: StoredPage; count: number; trashDays: number; now: Date };

export function TrashList({ firstPage, count, trashDays, now }: TrashListProps) {
  const t = useTranslations("shelves.trash");
  const shelf = useShelf("trash", firstPage);
  const list = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState<StoredConversation | "all" | null>(null);
  const { isEmptying, empty } = useEmptying();
  const close = () => setAsked(null);
  const isEmpty = shelf.conversations.length === 0 && !shelf.hasMore;

  return (
    <>
      {!isEmpty && (
        <Button size="small" variant="danger" className="mt-4" isPending={isEmptying} onClick={() => setAsked("all")}>
          <TrashIcon className="size-4" />
          {t("emptyIt")}
        </Button>
      )}
      <ul ref={list} tabIndex={-1} aria-label={t("title")} className="mt-2 divide-y divide-line outline-none">
        {shelf.conversations.map((conversation) => (
          <ShelfRow
            key={conversation.id}
            shelf="trash"
            conversation={conversation}
            fact={t("left", { count: daysLeft(conversation.at, trashDays, now) })}
            onBack={() => {
              list.current?.focus();
              void shelf.giveBack(conversation);
            }}
            onRemove={() => setAsked(conversation)}
          />
        ))}
      </ul>
      {isEmpty && (
        <EmptyState
          icon={<TrashIcon className="size-8" />}
          title={t("empty.title")}
          actions={<ButtonLink href="/">{t("empty.action")}</ButtonLink>}
        >
          {t("empty.text")}
        </EmptyState>
      )}
      <More {...shelf} />
      {asked === "all" && (
        <ConfirmDialog
          title={t("confirmAll.title")}
          text={t("confirmAll.text", { count })}
          go={t("confirmAll.go")}
          onClose={close}
          onGo={() => {
            close();
            list.current?.focus();
            empty(() => shelf.forget(...shelf.conversations.map(({ id }) => id)));
          }}
        />
      )}
      {asked && asked !== "all" && (
        <ConfirmDialog
          title={t("confirmOne.title")}
          text={t("confirmOne.text", { title: asked.title })}
          go={t("confirmOne.go")}
          onClose={close}
          onGo={() => {
            close();
            list.current?.focus();
            void shelf.remove(asked);
          }}
        />
      )}
    </>
  );
}

function useEmptying() {
  const t = useTranslations("shelves.trash");
  const errors = useTranslations("errors");
  const [isEmptying, startTransition] = useTransition();
  const empty = (onDone: () => void) =>
    startTransition(async () => {
      const result = await emptyTrashAction().catch(unanswered);
      if (!result.ok) return void showToast({ tone: "danger", text: errors(result.code) });
      onDone();
      showToast({ text: t("emptied", { count: result.data.count }) });
    });
  return { isEmptying, empty };
}

type MoreProps = { hasMore: boolean; isLoading: boolean; showMore: () => void };

function More({ hasMore, isLoading, showMore }: MoreProps) {
  const t = useTranslations("shelves");
  return (
    hasMore && (
      <Button variant="quiet" className="mt-3 w-full" isPending={isLoading} onClick={showMore}>
        {t("more")}
      </Button>
    )
  );
}
