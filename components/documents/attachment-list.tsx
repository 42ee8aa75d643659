"use client";

import { useTranslations } from "next-intl";
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
  if (shown.length === 0) return null;
  return (
    <ul
      aria-label={t("attached")}
      className="mb-2 grid max-h-[16svh] items-start gap-2 overflow-y-auto p-0.5 sm:max-h-[min(14rem,25svh)] sm:grid-cols-2"
    >
      {shown.map((attachment) => (
        <li key={attachment.key} className="min-w-0">
          <AttachmentCard
            attachment={attachment}
            seesImages={seesImages}
            onRemove={() => {
              attachments.remove(attachment.key);
              // Even one on its way: the server may have it whole, and its answer not be here yet.
              if (!attachment.isReused) void removeDocument(attachment.key);
            }}
            onSendAgain={() => attachments.sendAgain(attachment.key)}
            onChange={(document) => attachments.replace(attachment.key, document)}
          />
        </li>
      ))}
    </ul>
  );
}
