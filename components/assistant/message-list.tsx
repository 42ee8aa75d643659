"use client";

import { useTranslations } from "next-intl";
import { Fragment, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ErrorCode } from "@/lib/errors/app-error";
import { type DrawnMessage, type EarlierMessages, withEarlier, withLatest } from "./messages-shown";

/** How close to the first message one scrolls before those above it are asked for. */
const NEAR_PX = 600;

type MessageListProps = {
  conversationId: string;
  /** The end of the conversation. */
  latest: DrawnMessage[];
  hasEarlier: boolean;
  showEarlier: (before: {
    conversationId: string;
    messageId: string;
  }) => Promise<{ ok: true; data: EarlierMessages } | { ok: false; code: ErrorCode }>;
};

/** The stored messages: the end of the conversation, and those before it as one goes up. */
export function MessageList({ conversationId, latest, hasEarlier, showEarlier }: MessageListProps) {
  const t = useTranslations("assistant.earlier");
  const errors = useTranslations("errors");
  const list = useRef<HTMLDivElement>(null);
  const [drawnLast, setDrawnLast] = useState(latest);
  const [shown, setShown] = useState<EarlierMessages>({ messages: latest, hasEarlier });
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const [added, setAdded] = useState(0);
  const keepPlace = useKeptPlace(shown.messages);
  if (latest !== drawnLast) {
    setDrawnLast(latest);
    setShown(withLatest(shown, { messages: latest, hasEarlier }));
  }
  const first = shown.messages[0]?.id;

  const show = useCallback(async () => {
    if (first === undefined) return;
    setPending(true);
    setFailure(null);
    const result = await showEarlier({ conversationId, messageId: first }).catch(
      () => ({ ok: false, code: "unexpected" }) as const,
    );
    setPending(false);
    if (!result.ok) return setFailure(result.code);
    keepPlace(list.current?.querySelector("article") ?? null);
    setShown((current) => withEarlier(current, first, result.data));
    setAdded(result.data.messages.length);
    // The button that had the focus goes away with the last messages.
    if (!result.data.hasEarlier && document.activeElement?.closest("[data-earlier]"))
      list.current?.focus({ preventScroll: true });
  }, [conversationId, first, showEarlier, keepPlace]);
  useGoingUp(list, shown.hasEarlier && !isPending && failure === null ? show : null);

  return (
    <>
      {shown.hasEarlier && (
        <div data-earlier className="flex flex-col items-center gap-2 [overflow-anchor:none]">
          <Button size="small" isPending={isPending} onClick={() => void show()} className="print:hidden">
            {t(isPending ? "loading" : "show")}
          </Button>
          {failure && (
            <p role="alert" className="text-sm text-danger">
              {errors(failure)}
            </p>
          )}
          <p className="hidden text-sm print:block">{t("notPrinted")}</p>
        </div>
      )}
      <p role="status" className="sr-only">
        {added > 0 && t("shown", { count: added })}
      </p>
      <div ref={list} tabIndex={-1} className="messages flex flex-col gap-8 outline-none empty:hidden">
        {shown.messages.map(({ id, drawn }) => (
          <Fragment key={id}>{drawn}</Fragment>
        ))}
      </div>
    </>
  );
}

/** Messages that appear above do not move what is being read: `keep` an element in its place through the next drawing. */
function useKeptPlace(messages: DrawnMessage[]): (element: Element | null) => void {
  const kept = useRef<{ element: Element; top: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the messages are what moves
  useLayoutEffect(() => {
    if (!kept.current) return;
    const { element, top } = kept.current;
    kept.current = null;
    window.scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
  }, [messages]);
  return useCallback((element) => {
    kept.current = element && { element, top: element.getBoundingClientRect().top };
  }, []);
}

/** Calls `show` when one scrolls up close to the first message; never because the page opened there. */
function useGoingUp(list: React.RefObject<HTMLElement | null>, show: (() => Promise<void>) | null): void {
  useEffect(() => {
    if (!show) return;
    let before = window.scrollY;
    const onScroll = () => {
      const isGoingUp = window.scrollY < before;
      before = window.scrollY;
      if (isGoingUp && (list.current?.getBoundingClientRect().top ?? -Infinity) > -NEAR_PX) void show();
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
  }, [list, show]);
}
