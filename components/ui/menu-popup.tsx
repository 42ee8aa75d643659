"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import type { ReactNode, RefObject } from "react";
import { I18nProvider, MenuItem, Popover, Menu as PopupMenu, RouterProvider } from "react-aria-components";
import { classNames } from "./class-names";

export type MenuEntry = {
  id: string;
  label: string;
  icon?: ReactNode;
  tone?: "danger";
} & ({ href: string } | { onSelect: () => void });

type MenuPopupProps = {
  label: string;
  entries: readonly MenuEntry[];
  trigger: RefObject<HTMLElement | null>;
  placement?: "bottom end" | "bottom start" | "top start" | undefined;
  onClose: () => void;
};

export function MenuPopup({ label, entries, trigger, placement = "bottom end", onClose }: MenuPopupProps) {
  const router = useRouter();
  return (
    <I18nProvider locale={useLocale()}>
      <RouterProvider navigate={router.push}>
        <Popover
          triggerRef={trigger}
          isOpen
          onOpenChange={(isOpen) => !isOpen && onClose()}
          placement={placement}
          className="min-w-48 animate-appear rounded-card border border-line bg-surface-raised p-1.5 shadow-overlay outline-none"
        >
          <PopupMenu aria-label={label} autoFocus="first" onClose={onClose} className="outline-none">
            {entries.map((entry) => (
              <MenuItem
                key={entry.id}
                textValue={entry.label}
                {...("href" in entry ? { href: entry.href } : { onAction: entry.onSelect })}
                className={classNames(
                  "flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 py-2 text-sm no-underline -outline-offset-2",
                  "data-focused:bg-surface-hover",
                  entry.tone === "danger" ? "text-danger" : "text-default",
                )}
              >
                {entry.icon}
                {entry.label}
              </MenuItem>
            ))}
          </PopupMenu>
        </Popover>
      </RouterProvider>
    </I18nProvider>
  );
}
