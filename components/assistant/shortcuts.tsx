"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { wantHome, wantStop } from "./composer-events";
import { findShortcut, type Place, type Shortcut } from "./shortcut-keys";

const ShortcutsDialog = lazy(async () => ({ default: (await import("./shortcuts-dialog")).ShortcutsDialog }));

const Palette = lazy(async () => ({ default: (await import("@/components/history/palette")).Palette }));

/** What is open above the page has the keyboard to itself: Échap closes it first. */
const OVERLAYS = "dialog[open], [role=dialog], [role=alertdialog], [role=menu], [role=listbox], header[inert]";
const FIELDS = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]";
/** Carried by the button that edits a question. */
const EDIT_BUTTONS = "button[data-edit-question]";

/** The keyboard shortcuts of the signed-in space, and the list of them. */
export function Shortcuts({ isEnabled }: { isEnabled: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState<"list" | "palette" | null>(null);

  useEffect(() => {
    if (!isEnabled) return;
    const run: Record<Shortcut, () => void> = {
      newConversation: () => {
        wantHome();
        router.push("/");
        document.getElementById(COMPOSER_ID)?.focus();
      },
      search: () => setOpen("palette"),
      stop: wantStop,
      editLast: () => [...document.querySelectorAll<HTMLElement>(EDIT_BUTTONS)].at(-1)?.click(),
      list: () => setOpen("list"),
    };
    // Looked at before anyone answers the key, since closing is what they may do; not at each letter of a long question.
    let shortcut: Shortcut | null = null;
    const look = (event: KeyboardEvent) => {
      shortcut = event.isComposing ? null : findShortcut(event, placeOf(event.target));
      if (shortcut && document.querySelector(OVERLAYS)) shortcut = null;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !shortcut) return;
      event.preventDefault();
      run[shortcut]();
    };
    window.addEventListener("keydown", look, { capture: true });
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", look, { capture: true });
      window.removeEventListener("keydown", onKey);
    };
  }, [isEnabled, router]);

  const close = () => setOpen(null);
  return (
    <Suspense fallback={null}>
      {open === "list" && <ShortcutsDialog isEnabled={isEnabled} onClose={close} />}
      {open === "palette" && <Palette onClose={close} />}
    </Suspense>
  );
}

function placeOf(target: EventTarget | null): Place {
  if (target instanceof HTMLTextAreaElement && target.id === COMPOSER_ID)
    return target.value === "" ? "emptyComposer" : "composer";
  return target instanceof Element && target.closest(FIELDS) ? "otherField" : "elsewhere";
}
