"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { DocumentIcon } from "@/components/ui/icons";

/** Files dropped anywhere on the page; what is dragged and is no file is left to the browser. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("documents");
  const [isOver, setOver] = useState(false);
  const receive = useRef(onFiles);
  receive.current = onFiles;

  useEffect(() => {
    // Entering a child leaves its parent: what counts is how many were entered and not left.
    let inside = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      inside += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      inside = Math.max(0, inside - 1);
      if (inside === 0) setOver(false);
    };
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      inside = 0;
      setOver(false);
      receive.current([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop };
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name as "drop", listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as "drop", listener);
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-page/90 p-6">
      <div className="flex max-w-md flex-col items-center gap-2 rounded-card border-2 border-action border-dashed bg-surface-raised px-10 py-12 text-center">
        <DocumentIcon className="size-8 text-action" />
        <p className="text-lg font-semibold">{t("drop")}</p>
        <p className="text-sm text-muted">{t("reminder")}</p>
      </div>
    </div>
  );
}
