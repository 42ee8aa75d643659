"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { PaperclipIcon } from "@/components/ui/icons";

/** The formats, so that the chooser shows those first; the server decides by itself. */
const ACCEPTED =
  ".pdf,.docx,.odt,.rtf,.pptx,.odp,.xlsx,.ods,.csv,.tsv,.txt,.md,.html,.htm,.eml,.jpg,.jpeg,.png,.webp,.gif";

type AttachButtonProps = {
  onFiles: (files: File[]) => void;
  /** Shown beside the icon; absent, the icon is alone. */
  text?: string;
  describedBy?: string;
};

export function AttachButton({ onFiles, text, describedBy }: AttachButtonProps) {
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
      {text ? (
        <Button aria-describedby={describedBy} onClick={() => field.current?.click()}>
          <PaperclipIcon className="size-4" />
          {text}
        </Button>
      ) : (
        <IconButton label={t("attach")} onClick={() => field.current?.click()}>
          <PaperclipIcon />
        </IconButton>
      )}
    </>
  );
}
