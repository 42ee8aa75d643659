"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { DocumentIcon } from "@/components/ui/icons";
import type { KeptDocument } from "@/lib/documents/schema";
import { removeDocument } from "./document-requests";
import { useSize } from "./use-size";

/** What an agent has sent and keeps: taken back as it was, or removed with all that was read in it. */
export function DocumentList({ documents }: { documents: readonly KeptDocument[] }) {
  const t = useTranslations("documents");
  const format = useFormatter();
  const size = useSize();
  const list = useRef<HTMLUListElement>(null);
  const [kept, setKept] = useState(documents);
  const [said, setSaid] = useState<{ text: string; isFailure: boolean } | null>(null);
  const [isRemoving, setRemoving] = useState<string | null>(null);
  useEffect(() => setKept(documents), [documents]);

  async function remove({ id, name }: KeptDocument): Promise<void> {
    setRemoving(id);
    const isRemoved = await removeDocument(id);
    setRemoving(null);
    setSaid({ text: t(isRemoved ? "removed" : "notRemoved", { name }), isFailure: !isRemoved });
    if (!isRemoved) return;
    setKept((current) => current.filter((document) => document.id !== id));
    // The button that had the focus is gone.
    list.current?.focus();
  }

  return (
    <>
      <p className="text-sm text-muted">{kept.length > 0 ? t("kept") : t("noneKept")}</p>
      <p role={said?.isFailure ? "alert" : "status"} className={said?.isFailure ? "text-danger" : "text-sm text-muted"}>
        {said?.text}
      </p>
      <ul ref={list} tabIndex={-1} aria-label={t("mine")} className="mt-3 divide-y divide-line outline-none">
        {kept.map((document) => (
          <li key={document.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <DocumentIcon className="text-muted" />
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium wrap-anywhere">{document.name}</p>
              <p className="text-sm text-muted">
                {format.dateTime(document.createdAt, { dateStyle: "long", timeStyle: "short" })} ·{" "}
                {size(document.sizeBytes)}
                {document.failureCode && ` · ${t(`failures.${document.failureCode}`)}`}
              </p>
            </div>
            {document.canBeTakenBack && (
              <a
                href={`/api/documents/${document.id}/original`}
                download={document.name}
                className="text-link inline-flex min-h-target-small items-center text-sm"
              >
                {t("takeBack")} <span className="sr-only">{document.name}</span>
              </a>
            )}
            <Button
              size="small"
              isPending={isRemoving === document.id}
              aria-label={t("delete", { name: document.name })}
              onClick={() => void remove(document)}
            >
              {t("deleteShort")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
