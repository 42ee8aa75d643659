"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useRefusalSentence } from "@/components/assistant/use-refusal-sentence";
import { Button } from "@/components/ui/button";
import type { DocumentSummary } from "@/lib/documents/schema";
import { readWithPassword } from "./document-requests";

/** Asks for the password of a protected document. It is sent once, and kept nowhere. */
export function PasswordForm({
  document,
  onChange,
}: {
  document: DocumentSummary;
  onChange: (document: DocumentSummary) => void;
}) {
  const t = useTranslations("documents");
  const refusalSentence = useRefusalSentence();
  const fieldId = useId();
  const [password, setPassword] = useState("");
  const [isPending, setPending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  // Not a form: it would stand inside the composer's.
  async function open(): Promise<void> {
    if (password === "" || isPending) return;
    setPending(true);
    setRefused(null);
    const result = await readWithPassword(document.id, password);
    setPending(false);
    setPassword("");
    if (result.ok) onChange(result.document);
    else setRefused(refusalSentence(result.refusal));
  }

  return (
    <div className="mt-1 flex flex-col gap-1 text-sm">
      <label htmlFor={fieldId} className="text-muted">
        {t("password")}
      </label>
      <div className="flex gap-2">
        <input
          id={fieldId}
          type="password"
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            void open();
          }}
          className="min-h-target-small min-w-0 flex-1 rounded-control border border-line-strong bg-page px-2"
        />
        <Button size="small" isPending={isPending} onClick={() => void open()}>
          {t("open")}
        </Button>
      </div>
      {refused && (
        <p role="alert" className="text-danger">
          {refused}
        </p>
      )}
    </div>
  );
}
