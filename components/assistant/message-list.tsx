"use client";

import { useTranslations } from "next-intl";
import {
  Fragment,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import { Button } from "@/components/ui/button";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { onMessageWanted } from "./message-place";
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
    untilId?: string;
  }) => Promise<{ ok: true; data: EarlierMessages } | { ok: false; code: ErrorCode }>;
};

/** The stored messages: the end of the conversation, and those before it as one goes up. */
export function MessageList({ conversationId, latest, hasEarlier, showEarlier }: MessageListProps) {
  const t = useTranslations("assistant.earlier");
  const errors = useTranslations("errors");
  const list = useRef<HTMLDivElement>(null);
  const [drawnLast, setDrawnLast] = useState(latest);
  const [shown, setShown] = useState<EarlierMessages>({ messages: latest, hasEarlier });
  const [isPending, startTransition] = useTransition();
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const [added, setAdded] = useState(0);
  usePlaceKept(list, shown.messages);
  if (latest !== drawnLast) {
    setDrawnLast(latest);
    setShown(withLatest(shown, { messages: latest, hasEarlier }));
  }
  const first = shown.messages[0]?.id;

  const show = useCallback(
    (untilId?: string) => {
      if (first === undefined) return;
      setFailure(null);
      startTransition(async () => {
        const result = await showEarlier({ conversationId, messageId: first, ...(untilId && { untilId }) }).catch(
          unanswered,
        );
        if (!result.ok) return setFailure(result.code);
        // The button that has the focus goes away when nothing is left above.
        if (!result.data.hasEarlier && document.activeElement?.closest("[data-earlier]"))
          list.current?.focus({ preventScroll: true });
        leaveScrollAlone(true);
        startTransition(() => {
          setShown((current) => withEarlier(current, first, result.data));
          setAdded(result.data.messages.length);
        });
      });
    },
    [conversationId, first, showEarlier],
  );
  useEffect(() => onMessageWanted(show), [show]);
  useGoingUp(list, shown.hasEarlier && !isPending && failure === null ? show : null);

  return (
    <>
      {shown.hasEarlier && (
        <div data-earlier className="flex flex-col items-center gap-2 [overflow-anchor:none]">
          <Button size="small" isPending={isPending} onClick={() => show()} className="print:hidden">
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

/** Messages that appear above do not move what is being read, in browsers that see to it by themselves and in others. */
function usePlaceKept(list: RefObject<HTMLElement | null>, messages: DrawnMessage[]): void {
  const before = useRef<{ first: Element | null; top: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the messages are what moves
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { first, top } = before.current ?? {};
    if (first && top !== undefined && first !== element.firstElementChild && element.contains(first))
      window.scrollBy({ top: topOf(first) - top, behavior: "instant" });
    before.current = { first: element.firstElementChild, top: topOf(element) };
    requestAnimationFrame(() => leaveScrollAlone(false));
  }, [list, messages]);
}

/** From the top of the page. */
const topOf = (element: Element): number => element.getBoundingClientRect().top + window.scrollY;

/** Whether the browser must not adjust the scroll by itself, since `usePlaceKept` does. */
const leaveScrollAlone = (isAlone: boolean): void => {
  document.documentElement.style.overflowAnchor = isAlone ? "none" : "";
};

/** Calls `show` when one scrolls up close to the first message; never because the page opened there. */
function useGoingUp(list: RefObject<HTMLElement | null>, show: (() => void) | null): void {
  useEffect(() => {
    if (!show) return;
    let before = window.scrollY;
    const onScroll = () => {
      const isGoingUp = window.scrollY < before;
      before = window.scrollY;
      if (isGoingUp && (list.current?.getBoundingClientRect().top ?? -Infinity) > -NEAR_PX) show();
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
  }, [list, show]);
}
