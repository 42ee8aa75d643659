"use client";

import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { progressClass } from "@/components/ui/progress-class";
import { sendArchive } from "./export-requests";

/** An archive to bring back, sent as soon as it is chosen. */
export function ArchiveField({ onSent }: { onSent: () => void }) {
  const t = useTranslations("exports.settings");
  const errors = useTranslations("errors");
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string>();

  const send = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    target.value = ""; // the same one may be chosen again
    if (!file) return;
    setError(undefined);
    setShare(0);
    const sent = await sendArchive(file, setShare);
    setShare(null);
    if (sent.type === "sent") onSent();
    else setError(sent.type === "cut" ? t("cut") : errors(sent.refusal.code, sent.refusal.details));
  };

  return (
    <div className="mt-4">
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        aria-label={t("chooseFile")}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => void send(event)}
      />
      <Button isPending={share !== null} onClick={() => input.current?.click()}>
        {t("import")}
      </Button>
      {share !== null && (
        <progress aria-label={t("sending")} max={1} value={share} className={`mt-3 ${progressClass}`} />
      )}
      {error && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
