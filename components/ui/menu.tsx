"use client";

import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import type { MenuEntry } from "./menu-popup";

const loadPopup = () => import("./menu-popup");
const MenuPopup = lazy(async () => ({ default: (await loadPopup()).MenuPopup }));

type MenuProps = {
  /** The accessible name of the button and of the menu. */
  label: string;
  entries: readonly MenuEntry[];
  className?: string | undefined;
  placement?: "bottom end" | "bottom start" | "top start" | undefined;
  children: ReactNode;
};

/** A button and its menu, whose code is loaded when one comes near. */
export function Menu({ label, entries, className, placement, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const prepare = () => void loadPopup().catch(() => {}); // asked again, and shown, when the menu opens
  return (
    <>
      <button
        ref={trigger}
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        className={className}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuPopup
            label={label}
            entries={entries.map((entry) =>
              "href" in entry ? entry : { ...entry, onSelect: () => onceClosed(trigger.current, entry.onSelect) },
            )}
            trigger={trigger}
            placement={placement}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** Once the focus is back on the button: an action may take that button away, or open a dialog that returns to it. */
function onceClosed(button: HTMLElement | null, run: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      button?.focus();
      run();
    });
  });
}
