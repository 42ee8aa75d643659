"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { DownloadIcon } from "@/components/ui/icons";

const ExportDialog = lazy(async () => ({ default: (await import("./export-dialog")).ExportDialog }));

/** Takes an answer away, or the conversation it is in. */
export function ExportButton({ conversationId, answerId }: { conversationId: string; answerId: string }) {
  const t = useTranslations("exports");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t("open")} size="small" onClick={() => setOpen(true)}>
        <DownloadIcon className="size-4" />
      </IconButton>
      {isOpen && (
        <Suspense fallback={null}>
          <ExportDialog
            choices={{
              answer: { kind: "message", conversationId, messageId: answerId },
              conversation: { kind: "conversation", conversationId },
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
