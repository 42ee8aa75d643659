"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { IconButton } from "./icon-button";
import { CloseIcon, ErrorIcon, SuccessIcon } from "./icons";
import { dismissToast, type Toast, toastStore } from "./toast";

const TICK_MS = 250;
/** Less than what the server allows beyond the delay that is shown. */
const HOLD_MS = 15_000;
const stackClass = "flex w-full max-w-md flex-col gap-2 not-empty:mt-2";

/** Where notices appear: one per page, outside whatever may become inert. */
export function ToastRegion() {
  const t = useTranslations("ui");
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current, toastStore.onServer);
  const errors = toasts.filter(({ tone }) => tone === "danger");
  const news = toasts.filter(({ tone }) => tone !== "danger");
  return (
    <section
      aria-label={t("notifications")}
      className="pointer-events-none fixed inset-x-0 top-14 z-60 flex flex-col items-center px-4 sm:items-end"
    >
      {/* Both live regions are there before what they announce. */}
      <div role="alert" className={stackClass}>
        {errors.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
      <div role="status" className={stackClass}>
        {news.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations("ui");
  const { ref, leftMs } = useCountdown(toast.seconds * 1000, () => dismissToast(toast.id));
  const actionButton = useFocusForKeyboard();
  const { action } = toast;
  return (
    <div
      ref={ref}
      className="pointer-events-auto relative flex w-full max-w-md animate-appear items-center gap-3 overflow-hidden rounded-control border border-line bg-surface-raised py-2 pr-2 pl-4 shadow-overlay"
    >
      {toast.tone === "danger" && <ErrorIcon className="text-danger" />}
      {toast.tone === "success" && <SuccessIcon className="text-success" />}
      <p className="min-w-0 flex-1 py-1 text-sm">{toast.text}</p>
      {action && (
        <Button
          ref={actionButton}
          size="small"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
          {/* Seen, not announced at each second. */}
          <span aria-hidden="true" className="min-w-[2.2ch] text-right text-muted tabular-nums">
            {Math.ceil(leftMs / 1000)}
          </span>
        </Button>
      )}
      <IconButton label={t("close")} size="small" onClick={() => dismissToast(toast.id)}>
        <CloseIcon />
      </IconButton>
      <span
        aria-hidden="true"
        className={classNames("absolute bottom-0 left-0 h-0.5 w-full origin-left bg-action", !action && "hidden")}
        style={{ transform: `scaleX(${leftMs / (toast.seconds * 1000)})` }}
      />
    </div>
  );
}

/** Counts down, but waits while the pointer or the keyboard's focus is inside, for at most `HOLD_MS` in all. */
function useCountdown(totalMs: number, onEnd: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const end = useRef(onEnd);
  const [leftMs, setLeftMs] = useState(totalMs);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    let holdMs = HOLD_MS;
    const isHeld = () => ref.current?.matches(":hover, :has(:focus-visible)") ?? false;
    const timer = setInterval(() => {
      if (holdMs > 0 && isHeld()) holdMs -= TICK_MS;
      else setLeftMs((left) => Math.max(0, left - TICK_MS));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (leftMs === 0) end.current();
  }, [leftMs]);
  return { ref, leftMs };
}

/**
 * Whoever works with the keyboard is taken to what can be undone, since what they acted on is gone; then back. The pointer's focus
 * stays where it is.
 */
function useFocusForKeyboard() {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const button = ref.current;
    const before = document.activeElement;
    if (!button || !(before instanceof HTMLElement) || !before.matches(":focus-visible")) return;
    button.focus();
    return () => {
      const now = document.activeElement;
      if (now === button || now === document.body) before.focus();
    };
  }, []);
  return ref;
}
