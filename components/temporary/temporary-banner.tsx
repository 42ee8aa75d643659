"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useLayoutEffect, useState, useTransition } from "react";
import { wantHome } from "@/components/assistant/composer-events";
import { keepDraft } from "@/components/assistant/drafts";
import { keepPastes } from "@/components/assistant/kept-pastes";
import { keepAttached } from "@/components/documents/kept-attachments";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { showToast } from "@/components/ui/toast";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
import { unanswered } from "@/lib/errors/unanswered";
import { closeTemporaryAction, keepTemporaryAction } from "@/lib/temporary/actions";
import { BannerFrame } from "./banner-frame";
import { tellTemporary } from "./temporary-mode";
import { usePresence } from "./use-presence";

const ConfirmDialog = lazy(async () => ({
  default: (await import("@/components/shelves/confirm-dialog")).ConfirmDialog,
}));

type TemporaryBannerProps = {
  agentId: string;
  conversationId: string;
  /** At the latest. */
  endsAt: Date;
};

/** On top of a temporary conversation: what it is, and how it ends. While it is there, the conversation lives. */
export function TemporaryBanner({ agentId, conversationId: id, endsAt }: TemporaryBannerProps) {
  const t = useTranslations("temporary");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [isPending, startTransition] = useTransition();
  const isGone = usePresence(id);
  const banner = useFocusHandedOn<HTMLDivElement>(() => document.getElementById(COMPOSER_ID));

  useLayoutEffect(() => {
    tellTemporary(id, true);
    return () => tellTemporary(id, false);
  }, [id]);

  const act = (action: typeof closeTemporaryAction, onDone: () => void) =>
    startTransition(async () => {
      const result = await action({ id }).catch(unanswered);
      // Gone already is as well closed, and cannot be kept.
      if (result.ok || (action === closeTemporaryAction && result.code === "conversation_not_found")) return onDone();
      showToast({ tone: "danger", text: errors(result.code) });
    });

  const close = () => {
    setAsking(false);
    act(closeTemporaryAction, () => {
      keepDraft(agentId, id, "");
      keepAttached(agentId, id, []);
      keepPastes(agentId, id, []);
      wantHome();
      // In its place: going back does not lead to it, and what was read of it is read again.
      router.replace("/");
      router.refresh();
      showToast({ text: t("closed") });
    });
  };

  const keep = () =>
    act(keepTemporaryAction, () => {
      router.refresh();
      showToast({ text: t("kept") });
    });

  return (
    <>
      {/* In sight while the conversation is read, under the header. */}
      <div ref={banner} className="sticky top-14 z-10 -mt-3 mb-4 bg-page py-3 print:hidden">
        <BannerFrame
          endsAt={endsAt}
          isGone={isGone}
          isPending={isPending}
          onKeep={keep}
          onClose={() => setAsking(true)}
        />
      </div>
      {isAsking && (
        <Suspense fallback={null}>
          <ConfirmDialog
            title={t("confirm.title")}
            text={t("confirm.text")}
            go={t("close")}
            onGo={close}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
