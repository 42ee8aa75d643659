"use client";

import { useTranslations } from "next-intl";
import { AttachmentCard } from "@/components/documents/attachment-card";
import type { Attachment } from "@/components/documents/attachments";
import { ProjectDocumentRow } from "@/components/projects/project-document-row";
import type { DocumentSummary } from "@/lib/documents/schema";

const nothing = () => {};

const aPdf: DocumentSummary = {
  ...{ id: "", name: "", sizeBytes: 2_400_000, state: "ready", failureCode: null, type: "pdf", pages: 130 },
  ...{ pagesToRecognise: 0, pagesRecognised: 0, characters: 4_000 },
};

/** Each state of a file that was received. */
const READ: Record<string, Partial<DocumentSummary>> = {
  reading: { state: "checked", type: null, pages: null },
  recognising: { state: "read", pagesToRecognise: 130, pagesRecognised: 12 },
  ready: {},
  recognised: { pagesToRecognise: 130, pagesRecognised: 100 },
  locked: { state: "failed", failureCode: "password_needed" },
  infected: { state: "refused", failureCode: "infected" },
  failed: { state: "failed", failureCode: "too_long" },
  picture: { type: "png", pages: 1, pagesToRecognise: 1, pagesRecognised: 1 },
};

const onItsWay: Omit<Attachment, "key" | "name"> = { sizeBytes: 2_400_000, sent: 0.4, document: null, refusal: null };

/** The cards of files in the composer, and the rows of a project's documents, in each state. */
export function GalleryDocuments() {
  const t = useTranslations("gallery");
  const name = (at: number) => (at === 2 ? `${t("titleLong")}.pdf` : `${t("value")}.pdf`);
  const documents = Object.entries(READ).map(([id, more], at) => ({ ...aPdf, ...more, id, name: name(at) }));
  const attachments: Attachment[] = [
    { ...onItsWay, key: "sending", name: name(0) },
    { ...onItsWay, key: "network", name: name(0), refusal: "network" },
    ...documents.map((document) => ({ ...onItsWay, key: document.id, name: document.name, sent: 1, document })),
  ];
  return (
    <>
      <ul className="grid items-start gap-2 sm:grid-cols-2">
        {attachments.map((attachment) => (
          <li key={attachment.key} className="min-w-0">
            <AttachmentCard
              attachment={attachment}
              seesImages={false}
              onRemove={nothing}
              onSendAgain={nothing}
              onChange={nothing}
            />
          </li>
        ))}
      </ul>
      <ul className="divide-y divide-line">
        {documents.map((document) => (
          <ProjectDocumentRow
            key={document.id}
            document={{ ...document, addedAt: new Date("2026-07-04T10:00:00Z") }}
            onChange={nothing}
            onRemove={nothing}
          />
        ))}
      </ul>
    </>
  );
}
