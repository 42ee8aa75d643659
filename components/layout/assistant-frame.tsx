"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon, MenuIcon } from "@/components/ui/icons";

const DRAWER_ID = "navigation";
/** Where a page may show, with `createPortal`, something beside it on a wide screen. */
export const PANEL_PLACE_ID = "beside";
/** Where the drawer becomes a column; the same as Tailwind's `md`. */
const COLUMN_QUERY = "(min-width: 48rem)";

type AssistantFrameProps = {
  brand: ReactNode;
  account: ReactNode;
  /** The conversations: a column, or a drawer on a narrow screen. */
  sidebar: ReactNode;
  footer: ReactNode;
  children: ReactNode;
};

export function AssistantFrame({ brand, account, sidebar, footer, children }: AssistantFrameProps) {
  const t = useTranslations("layout.drawer");
  const drawer = useDrawer();
  return (
    <>
      <header
        inert={drawer.isOpen}
        className="print:hidden sticky top-0 z-20 flex h-14 items-center gap-1 border-b border-line bg-page px-2 sm:px-4"
      >
        <IconButton
          ref={drawer.opener}
          label={t("open")}
          aria-expanded={drawer.isOpen}
          aria-controls={DRAWER_ID}
          className="md:hidden"
          onClick={drawer.open}
        >
          <MenuIcon />
        </IconButton>
        {brand}
        <div className="ml-auto">{account}</div>
      </header>
      <div className="md:grid md:grid-cols-[18rem_minmax(0,1fr)_auto] print:block">
        {drawer.isOpen && (
          <div aria-hidden="true" className="fixed inset-0 z-30 bg-backdrop md:hidden" onClick={drawer.close} />
        )}
        <div
          id={DRAWER_ID}
          className={classNames(
            "print:hidden fixed inset-y-0 left-0 z-40 flex w-80 max-w-[88vw] flex-col bg-surface shadow-overlay duration-200",
            "md:visible md:sticky md:top-14 md:z-10 md:h-[calc(100dvh-3.5rem)] md:w-auto md:max-w-none md:translate-x-0 md:border-r md:border-line md:shadow-none md:transition-none",
            // Hidden, not only away: what is off the screen takes neither focus nor reading.
            // It is visible as soon as it opens, since it is given the focus, and hidden only when it has gone.
            drawer.isOpen
              ? "visible translate-x-0 transition-[translate]"
              : "invisible -translate-x-full transition-[translate,visibility]",
          )}
        >
          <IconButton ref={drawer.closer} label={t("close")} className="m-2 self-end md:hidden" onClick={drawer.close}>
            <CloseIcon />
          </IconButton>
          {sidebar}
        </div>
        <div inert={drawer.isOpen} className="flex min-h-[calc(100dvh-3.5rem)] min-w-0 flex-col">
          {children}
          {footer}
        </div>
        <div id={PANEL_PLACE_ID} className="print:hidden" />
      </div>
    </>
  );
}

/** Open or closed, and where the focus goes. Échap, a choice in it or a wider screen close it. */
function useDrawer() {
  const pathname = usePathname();
  const [isOpen, setOpen] = useState(false);
  const [seenPath, setSeenPath] = useState(pathname);
  const opener = useRef<HTMLButtonElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  if (seenPath !== pathname) {
    setSeenPath(pathname);
    setOpen(false);
  }

  const open = useCallback(() => setOpen(true), []);
  const close = useCallback(() => {
    setOpen(false);
    // Once the header is no longer inert.
    requestAnimationFrame(() => opener.current?.focus());
  }, []);

  useEffect(() => {
    if (!isOpen) return;
    closer.current?.focus();
    const column = window.matchMedia(COLUMN_QUERY);
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && !event.defaultPrevented && close();
    const onWiden = () => setOpen(false);
    document.addEventListener("keydown", onKey);
    column.addEventListener("change", onWiden);
    return () => {
      document.removeEventListener("keydown", onKey);
      column.removeEventListener("change", onWiden);
    };
  }, [isOpen, close]);

  return { isOpen, open, close, opener, closer };
}
