"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import {
  Collection,
  Header,
  I18nProvider,
  type Selection as Keys,
  ListBox,
  ListBoxItem,
  ListBoxSection,
} from "react-aria-components";
import { ExportDialog } from "@/components/exports/export-dialog";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { ArchiveIcon, CheckIcon, CloseIcon, DownloadIcon, FolderIcon, TrashIcon } from "@/components/ui/icons";
import { SELECTION_MAX } from "@/lib/conversations/rules";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { groupClass, groupSize } from "./conversation-group";
import type { ConversationGroup } from "./conversation-list";
import type { ConversationActs } from "./use-conversations";

type SelectionProps = {
  groups: readonly ConversationGroup[];
  /** Selected already. */
  first: readonly string[];
  acts: ConversationActs;
  onMove: (conversations: readonly ConversationSummary[]) => void;
  onEnd: () => void;
  /** Below the list. */
  children: ReactNode;
};

/** What can be done of what is selected, in the order of the bar. */
const ACTS = [
  { id: "archive", Icon: ArchiveIcon, variant: "secondary" },
  { id: "remove", Icon: TrashIcon, variant: "danger" },
  { id: "move", Icon: FolderIcon, variant: "secondary", opensDialog: true },
  { id: "export", Icon: DownloadIcon, variant: "secondary", opensDialog: true },
] as const;

/**
 * The list while one selects in it: a click or Espace ticks a conversation, Maj with a click or an arrow all those in between, Échap
 * ends it.
 */
export function Selection({ groups, first, acts, onMove, onEnd, children }: SelectionProps) {
  const t = useTranslations("conversations.selecting");
  const all = groups.flatMap(({ conversations }) => conversations);
  const [wanted, setWanted] = useState<ReadonlySet<string>>(() => new Set(first));
  const [isExporting, setExporting] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Once the key or the click that began the selection is over: it still belongs to the button.
    const frame = requestAnimationFrame(() => {
      const ticked = list.current?.querySelector<HTMLElement>("[role=option][aria-selected=true]");
      (ticked ?? list.current?.querySelector<HTMLElement>("[role=option]"))?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  // One that left the list meanwhile is no longer selected.
  const selected = all.filter(({ id }) => wanted.has(id));

  const choose = (keys: Keys) => {
    const ids = keys === "all" ? all.map(({ id }) => id) : all.flatMap(({ id }) => (keys.has(id) ? id : []));
    setWanted(new Set(ids.slice(0, SELECTION_MAX)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // Neither for the list, which would only forget what is ticked, nor for the drawer around it.
    event.preventDefault();
    event.stopPropagation();
    onEnd();
  };
  const run = (act: (conversations: readonly ConversationSummary[]) => Promise<void>) => {
    onEnd();
    void act(selected);
  };

  const doing = {
    archive: () => run(acts.archive),
    remove: () => run(acts.remove),
    move: () => onMove(selected),
    export: () => setExporting(true),
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDownCapture={onKeyDown}>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        <I18nProvider locale={useLocale()}>
          <ListBox
            aria-label={t("label")}
            ref={list}
            selectionMode="multiple"
            selectedKeys={new Set(selected.map(({ id }) => id))}
            onSelectionChange={choose}
            className="outline-none"
          >
            {groups.map(({ key, title, conversations }) => (
              <ListBoxSection key={key} id={key} className={groupClass} style={groupSize(conversations.length)}>
                <Header className="px-3 py-1.5 text-xs font-semibold text-muted first-letter:uppercase">{title}</Header>
                <Collection items={conversations}>{(conversation) => <Row {...conversation} />}</Collection>
              </ListBoxSection>
            ))}
          </ListBox>
        </I18nProvider>
        {children}
      </div>
      <div className="border-t border-line bg-surface p-3">
        <div className="flex items-center justify-between gap-2">
          <p role="status" className="pl-1 text-sm font-medium">
            {t("count", { count: selected.length })}
            {selected.length === SELECTION_MAX && ` ${t("full", { max: SELECTION_MAX })}`}
          </p>
          <IconButton label={t("end")} size="small" onClick={onEnd}>
            <CloseIcon />
          </IconButton>
        </div>
        <div className="mt-1 flex flex-wrap gap-2">
          {ACTS.map(({ id, Icon, variant, ...act }) => (
            <Button
              key={id}
              size="small"
              variant={variant}
              className="flex-1"
              disabled={selected.length === 0}
              aria-haspopup={"opensDialog" in act ? "dialog" : undefined}
              onClick={doing[id]}
            >
              <Icon className="size-4" />
              {t(id)}
            </Button>
          ))}
        </div>
      </div>
      {isExporting && (
        <ExportDialog
          choices={{ selection: { kind: "selection", conversationIds: selected.map(({ id }) => id) } }}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

function Row({ id, title }: ConversationSummary) {
  return (
    <ListBoxItem
      id={id}
      textValue={title}
      className={({ isSelected }) =>
        classNames(
          "flex min-h-10 cursor-pointer items-center gap-3 rounded-control py-1.5 pr-3 pl-3 text-sm -outline-offset-2",
          isSelected ? "bg-action-soft" : "hover:bg-surface-hover",
        )
      }
    >
      {({ isSelected }) => (
        <>
          <span
            aria-hidden="true"
            className={classNames(
              "inline-flex size-4.5 shrink-0 items-center justify-center rounded border",
              isSelected ? "border-action bg-action text-on-action" : "border-line-strong bg-page",
            )}
          >
            {isSelected && <CheckIcon className="size-3.5" />}
          </span>
          <span className="truncate" title={title}>
            {title}
          </span>
        </>
      )}
    </ListBoxItem>
  );
}
