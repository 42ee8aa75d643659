"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useRefusalSentence } from "@/components/assistant/use-refusal-sentence";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon, DocumentIcon, ErrorIcon, RetryIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
import { asksForPassword, canRetry, isImage, isSettled } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import { type Attachment, isSending } from "./attachments";
import { readAgain } from "./document-requests";
import { PasswordForm } from "./password-form";
import { Reading } from "./reading";
import { useSize } from "./use-size";

type AttachmentCardProps = {
  attachment: Attachment;
  seesImages: boolean;
  onRemove: () => void;
  onSendAgain: () => void;
  onChange: (document: DocumentSummary) => void;
};

/** A file on its way: how much was sent, how much was read, or what is wrong with it. */
export function AttachmentCard({ attachment, seesImages, onRemove, onSendAgain, onChange }: AttachmentCardProps) {
  const t = useTranslations("documents");
  const refusalSentence = useRefusalSentence();
  const [refused, setRefused] = useState<string | null>(null);
  const { name, document, refusal, sent } = attachment;
  const isWrong = refusal !== null || Boolean(document?.failureCode);
  const card = useRef<HTMLDivElement>(null);
  // The list may have scrolled past it: a refusal is seen.
  useEffect(() => {
    if (isWrong) card.current?.scrollIntoView({ block: "nearest" });
  }, [isWrong]);
  const canReadAgain = document !== null && canRetry(document.failureCode);

  async function again(): Promise<void> {
    if (!document) return onSendAgain();
    const result = await readAgain(document.id);
    if (result.ok) onChange(result.document);
    else setRefused(refusalSentence(result.refusal));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a file is no group of fields
    <div
      ref={card}
      role="group"
      aria-label={name}
      tabIndex={-1}
      className={classNames(
        "flex flex-col gap-1 rounded-control border bg-surface px-3 py-2 text-sm outline-none",
        isWrong ? "border-danger" : "border-line",
      )}
    >
      <div className="flex items-center gap-2">
        <CardIcon attachment={attachment} isWrong={isWrong} />
        <span className="min-w-0 flex-1 truncate font-medium" title={name}>
          {name}
        </span>
        {(canReadAgain || refusal !== null) && (
          <LeavingFocus to={card}>
            <IconButton label={t("retry", { name })} size="small" onClick={() => void again()}>
              <RetryIcon className="size-4" />
            </IconButton>
          </LeavingFocus>
        )}
        <IconButton label={t(isSending(attachment) ? "cancel" : "remove", { name })} size="small" onClick={onRemove}>
          <CloseIcon className="size-4" />
        </IconButton>
      </div>
      <State attachment={attachment} />
      {document && isImage(document.type) && <p className="text-muted">{t(imageNote(document, seesImages))}</p>}
      {refused && (
        <p role="alert" className="text-danger">
          {refused}
        </p>
      )}
      {isSending(attachment) && (
        <progress
          max={1}
          value={sent}
          aria-label={t("sendingLabel", { name })}
          className="h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-action [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-action"
        />
      )}
      {document && asksForPassword(document.failureCode) && (
        <LeavingFocus to={card}>
          <PasswordForm document={document} onChange={onChange} />
        </LeavingFocus>
      )}
    </div>
  );
}

/** What it holds goes once it has served: the focus then goes to the card. */
function LeavingFocus({ to, children }: { to: RefObject<HTMLElement | null>; children: ReactNode }) {
  const held = useFocusHandedOn<HTMLDivElement>(() => to.current);
  return <div ref={held}>{children}</div>;
}

/** What the chosen model will know of an image. */
function imageNote({ state, characters }: DocumentSummary, seesImages: boolean) {
  if (seesImages) return "imageSeen";
  return state === "ready" && characters === 0 ? "imageLost" : "imageRead";
}

function CardIcon({ attachment, isWrong }: { attachment: Attachment; isWrong: boolean }) {
  if (isWrong) return <ErrorIcon className="text-danger" />;
  const { document } = attachment;
  return document && isSettled(document.state) ? <DocumentIcon className="text-action" /> : <Spinner />;
}

/** Said politely as it changes; what is wrong is said at once. */
function State({ attachment }: { attachment: Attachment }) {
  const t = useTranslations("documents");
  const refusalSentence = useRefusalSentence();
  const size = useSize();
  const { document, refusal, sizeBytes, sent } = attachment;
  if (refusal)
    return (
      <p role="alert" className="text-danger">
        {refusal === "network" ? t("unsent") : refusalSentence(refusal)}
      </p>
    );
  if (document?.failureCode)
    return (
      <p role="alert" className="text-danger">
        {t(`failures.${document.failureCode}`)}
      </p>
    );
  return (
    // Not each percent: its bar says it to those who ask.
    <p role={document ? "status" : undefined} className="text-muted">
      {document ? <Reading document={document} /> : t("sending", { percent: Math.floor(sent * 100) })}
      {"\u00a0· "}
      {size(sizeBytes)}
    </p>
  );
}
