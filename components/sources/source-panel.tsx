"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { PANEL_PLACE_ID } from "@/components/layout/assistant-frame";
import { useMedia } from "@/components/ui/use-media";
import { isCitedPage } from "@/lib/conversations/rules";
import { DocumentView } from "./document-view";
import { closeSource, type OpenedSource } from "./opened-source";
import { closePdf } from "./pdf-file";
import { WebView } from "./web-view";

/** Where there is room for the conversation and the panel; in `em`, hence not once the text is enlarged. */
const WIDE_QUERY = "(min-width: 80rem)";
const TITLE_ID = "source-title";

/** The passage of a source: beside the conversation on a wide screen, over it on another. */
export function SourcePanel({ opened }: { opened: OpenedSource }) {
  const Frame = useMedia(WIDE_QUERY) ? Beside : Above;
  const { opening, source } = opened;
  useEffect(() => closePdf, []);
  return (
    <Frame>
      {isCitedPage(source) ? (
        <WebView key={opening} titleId={TITLE_ID} source={source} />
      ) : (
        <DocumentView key={opening} titleId={TITLE_ID} source={source} />
      )}
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
