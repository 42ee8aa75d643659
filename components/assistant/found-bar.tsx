"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from "@/components/ui/icons";
import { unanswered } from "@/lib/errors/unanswered";
import { findInConversationAction } from "@/lib/history/actions";
import type { Place } from "./found-place";
import { findMessage } from "./message-place";
import { leaveMessage, showMessage } from "./show-message";

type FoundBarProps = { conversationId: string; place: Place; onClose: () => void };

/** Above the messages: which of those that hold what was looked for is shown, and the way to the others. */
export function FoundBar({ conversationId, place, onClose }: FoundBarProps) {
  const t = useTranslations("assistant.found");
  const router = useRouter();
  const { query } = place;
  const [shownId, setShownId] = useState(place.messageId);
  const [ids, setIds] = useState<string[] | null>(null);

  useEffect(() => {
    const { messageId, query } = place;
    let isHere = true;
    setShownId(messageId);
    setIds(null);
    void showMessage(messageId, query, { isArrival: true });
    void (async () => {
      const found = await findInConversationAction({ conversationId, query }).catch(unanswered);
      if (!isHere) return;
      const all = found.ok ? found.data.messageIds : [];
      // What was found by a document or a likeness holds none of the words.
      setIds(all.includes(messageId) ? all : [messageId, ...all]);
    })();
    // What the page is read again with, after each answer, is the end of the conversation. By the router: it would go to the top
    // of a page whose address changed without it.
    router.replace(`/conversations/${conversationId}`, { scroll: false });
    return () => {
      isHere = false;
      leaveMessage();
    };
  }, [conversationId, place, router]);

  function step(by: number): void {
    if (!ids) return;
    const next = ids[(ids.indexOf(shownId) + by + ids.length) % ids.length];
    if (!next) return;
    setShownId(next);
    void showMessage(next, query);
  }

  function close(): void {
    onClose();
    void findMessage(shownId).then((message) => message?.focus({ preventScroll: true }));
  }

  const position = ids ? ids.indexOf(shownId) + 1 : 0;
  const isAlone = !ids || ids.length < 2;
  return (
    <section
      aria-label={t("label")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
      className="sticky top-16 z-10 mb-4 flex animate-appear items-center gap-1 self-center rounded-full border border-line bg-surface-raised py-0.5 pr-1 pl-4 text-sm shadow-overlay print:hidden"
    >
      <p className="max-w-40 truncate font-medium sm:max-w-72" title={query}>
        {query}
      </p>
      <p role="status" className="ml-2 whitespace-nowrap text-muted tabular-nums">
        {ids && t("position", { position, total: ids.length })}
      </p>
      <IconButton label={t("previous")} size="small" aria-disabled={isAlone} onClick={() => step(-1)}>
        <ArrowUpIcon className="size-4" />
      </IconButton>
      <IconButton label={t("next")} size="small" aria-disabled={isAlone} onClick={() => step(1)}>
        <ArrowDownIcon className="size-4" />
      </IconButton>
      <IconButton label={t("close")} size="small" onClick={close}>
        <CloseIcon className="size-4" />
      </IconButton>
    </section>
  );
}
