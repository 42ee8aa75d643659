"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { MoreIcon, PencilIcon, TrashIcon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { RenameDialog } from "./rename-dialog";
import { pathOf } from "./use-conversations";

type ConversationRowProps = {
  conversation: ConversationSummary;
  isCurrent: boolean;
  onRename: (title: string) => Promise<ErrorCode | null>;
  onDelete: () => void;
};

export function ConversationRow({ conversation, isCurrent, onRename, onDelete }: ConversationRowProps) {
  const t = useTranslations("conversations");
  const [isRenaming, setRenaming] = useState(false);
  const { id, title, isRunning, hasUnseenAnswer } = conversation;
  return (
    <li
      className={classNames(
        "group relative flex items-center rounded-control transition-colors",
        isCurrent ? "bg-action-soft" : "hover:bg-surface-hover",
      )}
    >
      <Link
        href={pathOf(id)}
        prefetch={false}
        aria-current={isCurrent ? "page" : undefined}
        title={title}
        className={classNames(
          "flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded-control py-1.5 pl-3 text-sm -outline-offset-2",
          "pr-3 group-focus-within:pr-10 group-hover:pr-10 no-hover:pr-10",
          isCurrent && "font-medium",
        )}
      >
        <span className={classNames("truncate", hasUnseenAnswer && !isCurrent && "font-semibold")}>{title}</span>
        {isRunning && (
          <span className="size-2 shrink-0 animate-pulse-soft rounded-full bg-action">
            <VisuallyHidden>{t("running")}</VisuallyHidden>
          </span>
        )}
        {hasUnseenAnswer && !isRunning && !isCurrent && (
          <span className="size-2 shrink-0 rounded-full bg-action">
            <VisuallyHidden>{t("unseen")}</VisuallyHidden>
          </span>
        )}
      </Link>
      <Menu
        label={t("actions", { title })}
        className={classNames(
          "absolute right-0.5 inline-flex size-target-small items-center justify-center rounded-control text-muted hover:text-default",
          // Out of sight with a mouse until one comes near; always there for touch.
          "can-hover:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 aria-expanded:opacity-100",
        )}
        entries={[
          { id: "rename", label: t("rename"), icon: <PencilIcon />, onSelect: () => setRenaming(true) },
          { id: "delete", label: t("delete"), icon: <TrashIcon />, tone: "danger", onSelect: onDelete },
        ]}
      >
        <MoreIcon />
      </Menu>
      {isRenaming && <RenameDialog title={title} onRename={onRename} onClose={() => setRenaming(false)} />}
    </li>
  );
}
