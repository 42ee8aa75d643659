"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { FolderIcon } from "@/components/ui/icons";
import type { DocumentSummary } from "@/lib/documents/schema";

const DocumentPicker = lazy(async () => ({ default: (await import("./document-picker")).DocumentPicker }));

type MyDocumentsButtonProps = {
  /** Those that already go with the question. */
  attachedIds: readonly string[];
  onChoose: (documents: DocumentSummary[]) => void;
};

/** Attaches documents that were sent before. */
export function MyDocumentsButton({ attachedIds, onChoose }: MyDocumentsButtonProps) {
  const t = useTranslations("documents");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t("mine")} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <FolderIcon />
      </IconButton>
      {isOpen && (
        <Suspense fallback={null}>
          <DocumentPicker
            attachedIds={attachedIds}
            onClose={() => setOpen(false)}
            onChoose={(documents) => {
              setOpen(false);
              onChoose(documents);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
