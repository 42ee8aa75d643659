"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef } from "react";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { showToast } from "@/components/ui/toast";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
import { AttachmentCard } from "./attachment-card";
import type { Attachment, Attachments } from "./attachments";
import { removeDocument } from "./document-requests";

type AttachmentListProps = {
  attachments: Attachments;
  shown: readonly Attachment[];
  /** The model that is chosen sees images. */
  seesImages: boolean;
};

/** The files that will go with the question. */
export function AttachmentList({ attachments, shown, seesImages }: AttachmentListProps) {
  const t = useTranslations("documents");
  const list = useRef<HTMLUListElement>(null);
  if (shown.length === 0) return null;
  return (
    <ul
      ref={list}
      tabIndex={-1}
      aria-label={t("attached")}
      className="mb-2 grid max-h-[16svh] items-start gap-2 overflow-y-auto p-0.5 outline-none sm:max-h-[min(14rem,25svh)] sm:grid-cols-2"
    >
      {shown.map((attachment) => (
        <Attached
          key={attachment.key}
          attachment={attachment}
          attachments={attachments}
          seesImages={seesImages}
          list={list}
        />
      ))}
    </ul>
  );
}

type AttachedProps = {
  attachment: Attachment;
  attachments: Attachments;
  seesImages: boolean;
  list: RefObject<HTMLElement | null>;
};

function Attached({ attachment, attachments, seesImages, list }: AttachedProps) {
  const t = useTranslations("documents");
  const item = useFocusHandedOn<HTMLLIElement>(() => list.current ?? document.getElementById(COMPOSER_ID));
  return (
    <li ref={item} className="min-w-0">
      <AttachmentCard
        attachment={attachment}
        seesImages={seesImages}
        onRemove={() => {
          attachments.remove(attachment.key);
          // Even one on its way: the server may have it whole, and its answer not be here yet.
          if (!attachment.isReused) void removeDocument(attachment.key);
          showToast({ text: t("removed", { name: attachment.name }) });
        }}
        onSendAgain={() => attachments.sendAgain(attachment.key)}
        onChange={(document) => attachments.replace(attachment.key, document)}
      />
    </li>
  );
}
