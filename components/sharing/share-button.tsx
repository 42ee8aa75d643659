"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ShareIcon } from "@/components/ui/icons";

const ShareDialog = lazy(async () => ({ default: (await import("./share-dialog")).ShareDialog }));

/** Lets others read a conversation down to an answer. */
export function ShareButton({ conversationId, answerId }: { conversationId: string; answerId: string }) {
  const t = useTranslations("sharing");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t("open")} size="small" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ShareIcon className="size-4" />
      </IconButton>
      {isOpen && (
        <Suspense fallback={null}>
          <ShareDialog conversationId={conversationId} messageId={answerId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
