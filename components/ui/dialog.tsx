"use client";

import { lazy, type ReactNode, Suspense } from "react";

const DialogWindow = lazy(async () => ({ default: (await import("./dialog-window")).DialogWindow }));

type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** "alertdialog" for a question that must be answered. */
  role?: "dialog" | "alertdialog" | undefined;
  children: ReactNode;
};

/** A modal dialog, whose code is loaded when it first opens. Échap closes it; the focus goes back where it was. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  return isOpen ? (
    <Suspense fallback={null}>
      <DialogWindow {...props} />
    </Suspense>
  ) : null;
}
