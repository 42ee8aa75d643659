"use client";

import { useTranslations } from "next-intl";
import { useId, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DownloadIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import type { Refusal } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { deleteTransferAction, exportEverythingAction } from "@/lib/export/actions";
import type { Transfer } from "@/lib/export/schema";
import { ArchiveField } from "./archive-field";
import { TransferRow } from "./transfer-row";
import { useTransfers } from "./use-transfers";

/** Everything that is one's own, taken away or brought back, and what is being made. */
export function TransfersSection({ transfers: first }: { transfers: Transfer[] }) {
  const t = useTranslations("exports.settings");
  const errors = useTranslations("errors");
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { transfers, setTransfers, refresh, notice } = useTransfers(first);
  const [isPending, startTransition] = useTransition();
  const [error, setError] = useState<string>();

  const said = ({ code, details }: Refusal) => errors(code, details);

  const takeEverything = () =>
    startTransition(async () => {
      const result = await exportEverythingAction().catch(unanswered);
      setError(result.ok ? undefined : said(result));
      if (result.ok) setTransfers(result.data);
    });

  const remove = async (id: string) => {
    const result = await deleteTransferAction({ id }).catch(unanswered);
    if (!result.ok) return void showToast({ tone: "danger", text: said(result) });
    // Its button goes away with it.
    heading.current?.focus();
    setTransfers(result.data);
    showToast({ text: t("deleted") });
  };

  return (
    <section aria-labelledby={headingId} className="mt-6 rounded-card border border-line bg-page p-5 sm:p-7">
      <h2 ref={heading} tabIndex={-1} id="exports" className="mb-4 scroll-mt-4 text-lg font-semibold outline-none">
        <span id={headingId}>{t("title")}</span>
      </h2>
      <p className="text-muted">{t("description")}</p>
      <Button className="mt-4" isPending={isPending} onClick={takeEverything}>
        <DownloadIcon />
        {t("everything")}
      </Button>
      {error && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {error}
        </p>
      )}
      <p className="mt-6 text-muted">{t("importDescription")}</p>
      <ArchiveField onSent={refresh} />
      <p role="status" className="sr-only">
        {notice}
      </p>
      {transfers.length > 0 && (
        <>
          <h3 id={`${headingId}-list`} className="mt-6 font-semibold">
            {t("list")}
          </h3>
          <ul aria-labelledby={`${headingId}-list`} className="mt-1 divide-y divide-line">
            {transfers.map((transfer) => (
              <TransferRow key={transfer.id} transfer={transfer} onRemove={() => void remove(transfer.id)} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
