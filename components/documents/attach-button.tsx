"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { PaperclipIcon } from "@/components/ui/icons";

/** The formats, so that the chooser shows those first; the server decides by itself. */
const ACCEPTED =
  ".pdf,.docx,.odt,.rtf,.pptx,.odp,.xlsx,.ods,.csv,.tsv,.txt,.md,.html,.htm,.eml,.jpg,.jpeg,.png,.webp,.gif";

export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("documents");
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = "";
        }}
      />
      <IconButton label={t("attach")} onClick={() => field.current?.click()}>
        <PaperclipIcon />
      </IconButton>
    </>
  );
}
