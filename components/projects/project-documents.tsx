"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useId, useRef, useState } from "react";
import { AttachButton } from "@/components/documents/attach-button";
import { AttachmentList } from "@/components/documents/attachment-list";
import { DropZone } from "@/components/documents/drop-zone";
import { Button } from "@/components/ui/button";
import { FolderIcon } from "@/components/ui/icons";
import { PROJECT_DOCUMENTS_MAX } from "@/lib/projects/rules";
import type { ProjectDocument } from "@/lib/projects/schema";
import { ProjectDocumentRow } from "./project-document-row";
import { useProjectDocuments } from "./use-project-documents";

const DocumentPicker = lazy(async () => ({
  default: (await import("@/components/library/document-picker")).DocumentPicker,
}));

type ProjectDocumentsProps = { agentId: string; projectId: string; documents: readonly ProjectDocument[] };

/** The documents that all the conversations of a project use: sent here or chosen, and taken out. */
export function ProjectDocuments({ agentId, projectId, documents: given }: ProjectDocumentsProps) {
  const t = useTranslations("projectDocuments");
  const shared = useTranslations("documents");
  const errors = useTranslations("errors");
  const list = useRef<HTMLUListElement>(null);
  const reminderId = useId();
  const [isChoosing, setChoosing] = useState(false);
  const { documents, attachments, sending, refusal, add, addFiles, remove, change } = useProjectDocuments(
    agentId,
    projectId,
    given,
  );
  const isFull = documents.length >= PROJECT_DOCUMENTS_MAX;
  const full = errors("project_documents_too_many", { max: PROJECT_DOCUMENTS_MAX });

  return (
    <>
      <p role="status" className="mt-6 font-medium">
        {t("count", { count: documents.length, max: PROJECT_DOCUMENTS_MAX })}
      </p>
      {isFull ? (
        <p className="mt-2 text-muted">{full}</p>
      ) : (
        <>
          <div className="mt-3 flex flex-wrap gap-3">
            <AttachButton text={t("add")} describedBy={reminderId} onFiles={addFiles} />
            <Button aria-haspopup="dialog" onClick={() => setChoosing(true)}>
              <FolderIcon className="size-4" />
              {t("choose")}
            </Button>
          </div>
          <p id={reminderId} className="mt-3 text-sm text-muted">
            {t("drop")} {shared("reminder")}
          </p>
          <DropZone onFiles={addFiles} />
        </>
      )}
      {refusal && (
        <p role="alert" className="mt-3 text-danger">
          {refusal} {t("stays")}
        </p>
      )}
      <div className="mt-4">
        <AttachmentList attachments={attachments} shown={sending} seesImages />
      </div>
      <ul ref={list} tabIndex={-1} aria-label={t("title")} className="divide-y divide-line outline-none">
        {documents.map((document) => (
          <ProjectDocumentRow
            key={document.id}
            document={document}
            onChange={(changed) => change(changed.id, changed)}
            onRemove={() => {
              // The button that has the focus goes with its row.
              list.current?.focus();
              void remove(document);
            }}
          />
        ))}
      </ul>
      {documents.length === 0 && <p className="py-4 text-muted">{t("empty")}</p>}
      {isChoosing && (
        <Suspense fallback={null}>
          <DocumentPicker
            isForProject
            attachedIds={documents.map(({ id }) => id)}
            onClose={() => setChoosing(false)}
            onChoose={(chosen) => {
              setChoosing(false);
              void add(chosen.map(({ id }) => id));
            }}
          />
        </Suspense>
      )}
    </>
  );
}
