"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, memo, Suspense, useState } from "react";
import { ProjectMark } from "@/components/projects/project-mark";
import type { Dragging } from "@/components/projects/use-dragging";
import { classNames } from "@/components/ui/class-names";
import {
  ArchiveIcon,
  DownloadIcon,
  FolderIcon,
  MoreIcon,
  PencilIcon,
  PinIcon,
  SelectIcon,
  ShareIcon,
  TrashIcon,
  UnpinIcon,
} from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ProjectName } from "@/lib/projects/rules";
import { StatusDot } from "./status-dot";
import { type ConversationActs, pathOf } from "./use-conversations";

const RenameDialog = lazy(async () => ({ default: (await import("./rename-dialog")).RenameDialog }));
const ShareDialog = lazy(async () => ({ default: (await import("@/components/sharing/share-dialog")).ShareDialog }));
const ExportDialog = lazy(async () => ({ default: (await import("@/components/exports/export-dialog")).ExportDialog }));

type ConversationRowProps = {
  conversation: ConversationSummary;
  isCurrent: boolean;
  /** The one it is in, when the list does not say it. */
  project?: ProjectName | undefined;
  canShare: boolean;
  acts: ConversationActs;
  dragging: Dragging;
  /** Before the row goes, with what had the focus. */
  onLeave: () => void;
  onMove: (conversation: ConversationSummary) => void;
  /** Absent where several cannot be chosen. */
  onSelect?: ((id: string) => void) | undefined;
};

/** One of thousands, perhaps: drawn again only when it changed. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, isCurrent, project, canShare, acts, dragging, onLeave, onMove, onSelect } = props;
  const t = useTranslations("conversations");
  const exports = useTranslations("exports");
  const [open, setOpen] = useState<"rename" | "export" | "share" | null>(null);
  const close = () => setOpen(null);
  const { id, title, isRunning, hasUnseenAnswer, isPinned } = conversation;
  const leave = (act: ConversationActs["archive"]) => () => {
    onLeave();
    void act([conversation]);
  };
  return (
    <li
      className={classNames(
        "group relative flex items-center rounded-control transition-colors",
        isCurrent ? "bg-action-soft" : "hover:bg-surface-hover",
      )}
    >
      <Link
        onDragStart={() => dragging.start(conversation)}
        onPointerDown={dragging.prepare}
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
        {project && (
          <>
            <ProjectMark colour={project.colour} className="size-4" />
            <VisuallyHidden>{t("inProject", { title: project.title })}</VisuallyHidden>
          </>
        )}
        <StatusDot isRunning={isRunning} isUnseen={hasUnseenAnswer && !isCurrent} />
      </Link>
      <Menu
        label={t("actions", { title })}
        className={classNames(
          "absolute right-0.5 inline-flex size-target-small items-center justify-center rounded-control text-muted hover:text-default",
          // Out of sight with a mouse until one comes near; always there for touch.
          "can-hover:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 aria-expanded:opacity-100",
        )}
        entries={[
          { id: "rename", label: t("rename"), icon: <PencilIcon />, onSelect: () => setOpen("rename") },
          isPinned
            ? { id: "pin", label: t("unpin"), icon: <UnpinIcon />, onSelect: () => void acts.pin(conversation, false) }
            : { id: "pin", label: t("pin"), icon: <PinIcon />, onSelect: () => void acts.pin(conversation, true) },
          { id: "move", label: t("move"), icon: <FolderIcon />, onSelect: () => onMove(conversation) },
          ...(onSelect
            ? [{ id: "select", label: t("selecting.start"), icon: <SelectIcon />, onSelect: () => onSelect(id) }]
            : []),
          ...(canShare && !isRunning
            ? [{ id: "share", label: t("share"), icon: <ShareIcon />, onSelect: () => setOpen("share") }]
            : []),
          { id: "export", label: exports("open"), icon: <DownloadIcon />, onSelect: () => setOpen("export") },
          { id: "archive", label: t("archive"), icon: <ArchiveIcon />, onSelect: leave(acts.archive) },
          { id: "delete", label: t("delete"), icon: <TrashIcon />, tone: "danger", onSelect: leave(acts.remove) },
        ]}
      >
        <MoreIcon />
      </Menu>
      <Suspense fallback={null}>
        {open === "export" && (
          <ExportDialog
            title={title}
            choices={{ conversation: { kind: "conversation", conversationId: id } }}
            onClose={close}
          />
        )}
        {open === "rename" && (
          <RenameDialog title={title} onRename={(wanted) => acts.rename(id, wanted)} onClose={close} />
        )}
        {open === "share" && <ShareDialog conversationId={id} onClose={close} />}
      </Suspense>
    </li>
  );
});
