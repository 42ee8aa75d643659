"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { PANEL_PLACE_ID } from "@/components/layout/assistant-frame";
import { closeSource, type OpenedSource } from "./opened-source";
import { closePdf } from "./pdf-file";
import { SourceView } from "./source-view";

/** Where there is room for the conversation and the panel; in `em`, hence not once the text is enlarged. */
const WIDE_QUERY = "(min-width: 80rem)";
const TITLE_ID = "source-title";

/** The passage of a source: beside the conversation on a wide screen, over it on another. */
export function SourcePanel({ opened }: { opened: OpenedSource }) {
  const Frame = useIsWide() ? Beside : Above;
  useEffect(() => closePdf, []);
  return (
    <Frame>
      <SourceView key={opened.opening} titleId={TITLE_ID} source={opened.source} />
    </Frame>
  );
}

function Beside({ children }: { children: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    // Not a stop of the answer too.
    event.preventDefault();
    closeSource();
  };
  const place = document.getElementById(PANEL_PLACE_ID);
  if (!place) return null;
  return createPortal(
    <aside
      aria-labelledby={TITLE_ID}
      onKeyDown={onKeyDown}
      className="sticky top-14 flex h-[calc(100dvh-3.5rem)] w-[38vw] max-w-3xl flex-col border-l border-line bg-page print:hidden"
    >
      {children}
    </aside>,
    place,
  );
}

function Above({ children }: { children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    const { overflow } = document.documentElement.style;
    document.documentElement.style.overflow = "hidden";
    return () => {
      document.documentElement.style.overflow = overflow;
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={TITLE_ID}
      onCancel={(event) => {
        event.preventDefault();
        closeSource();
      }}
      onKeyDown={(event) => event.key === "Escape" && event.stopPropagation()}
      className="m-0 flex h-dvh max-h-none w-screen max-w-none flex-col bg-page text-default print:hidden"
    >
      {children}
    </dialog>
  );
}

function useIsWide(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const query = window.matchMedia(WIDE_QUERY);
      query.addEventListener("change", watcher);
      return () => query.removeEventListener("change", watcher);
    },
    () => window.matchMedia(WIDE_QUERY).matches,
    () => false,
  );
}
