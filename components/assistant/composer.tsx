"use client";

import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { AttachButton } from "@/components/documents/attach-button";
import { isSending } from "@/components/documents/attachments";
import { DropZone } from "@/components/documents/drop-zone";
import { useAttachments } from "@/components/documents/use-attachments";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { MyDocumentsButton } from "@/components/library/my-documents-button";
import { ArrowUpIcon, StopIcon } from "@/components/ui/icons";
import { useMedia } from "@/components/ui/use-media";
import { QUESTION_CHARACTERS_MAX } from "@/lib/conversations/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import { onFillComposer } from "./composer-events";
import { keepDraft, readDraft } from "./drafts";
import { PasteOffers } from "./paste-offers";
import { useLongPastes } from "./use-long-pastes";

const AttachmentList = lazy(async () => ({
  default: (await import("@/components/documents/attachment-list")).AttachmentList,
}));

const SlashMenu = lazy(async () => ({ default: (await import("@/components/prompts/slash-menu")).SlashMenu }));

/** What may be the start of the title of a prompt, and is not yet a question. */
const SLASH = /^\/[^\n]{0,60}$/;

/** As a telephone held upright: a longer placeholder would be cut. */
const NARROW_QUERY = "(width < 40rem)";

/** `isReused`: it was among the agent's documents before. */
export type SentDocument = DocumentSummary & { isReused: boolean };

type ComposerProps = {
  agentId: string;
  /** Null at home; of a project, what stands for the next one there. */
  conversationId: string | null;
  isRunning: boolean;
  /** Resolves with what the text must become when it was refused, and null when the server has saved the question. */
  onSend: (text: string, documents: readonly SentDocument[]) => Promise<{ refusal: string } | null>;
  onStop: () => void;
  /** What else is chosen for the question: the model, a search of the web. */
  choices: ReactNode;
  /** The model that is chosen sees images. */
  seesImages: boolean;
  /** The first sign that someone is going to ask: what a turn needs is fetched then. */
  onFirstUse: () => void;
};

export function Composer({
  agentId,
  conversationId,
  isRunning,
  onSend,
  onStop,
  choices,
  seesImages,
  onFirstUse,
}: ComposerProps) {
  const t = useTranslations("assistant");
  const documents = useTranslations("documents");
  const field = useRef<HTMLTextAreaElement>(null);
  const messageId = useId();
  const keysId = useId();
  const [text, setText] = useState("");
  const [message, setMessage] = useState<string | null>(null);

  const { attachments, shown } = useAttachments(agentId, conversationId);
  const [isHeld, setHeld] = useState(false);

  const isReady = useRef(false);
  const shownId = useRef(conversationId);
  const typed = () => field.current?.value ?? "";

  // After hydration: the server knows neither what this workstation keeps nor what was typed meanwhile.
  useEffect(() => {
    shownId.current = conversationId;
    const typedMeanwhile = isReady.current ? "" : field.current?.value;
    isReady.current = true;
    field.current?.setAttribute("enterkeyhint", "send");
    if (typedMeanwhile) keepDraft(agentId, conversationId, typedMeanwhile);
    setText(typedMeanwhile || readDraft(agentId, conversationId));
  }, [agentId, conversationId]);
  const isNarrow = useMedia(NARROW_QUERY);
  useGrowingField(field, text);

  const write = useCallback(
    (next: string) => {
      setText(next);
      setMessage(null);
      keepDraft(agentId, conversationId, next);
    },
    [agentId, conversationId],
  );
  const pastes = useLongPastes({ agentId, conversationId, field, text, write, attachments, shown });

  useEffect(
    () =>
      onFillComposer((filled) => {
        write(filled);
        field.current?.focus();
        requestAnimationFrame(() => field.current?.setSelectionRange(filled.length, filled.length));
      }),
    [write],
  );

  async function send(): Promise<void> {
    field.current?.focus();
    const question = text.trim();
    if (question === "") return;
    if (question.length > QUESTION_CHARACTERS_MAX) {
      const length = { count: question.length, max: QUESTION_CHARACTERS_MAX };
      return setMessage(pastes.offerAgain() ? t("paste.tooLong", length) : t("tooLong", length));
    }
    // It goes by itself once the server has the files.
    if (shown.some(isSending)) return setHeld(true);
    setHeld(false);
    if (pastes.isStuck) return setMessage(t("paste.notSent"));
    const takeBackPastes = pastes.leave();
    setText("");
    setMessage(null);
    const sent = attachments.clear();
    const refused = await onSend(
      question,
      sent.flatMap(({ document, isReused = false }) => (document ? { ...document, isReused } : [])),
    );
    // What was typed meanwhile is the next question, of the conversation that this one has opened if need be.
    if (!refused) return keepDraft(agentId, conversationId, shownId.current === conversationId ? typed() : "");
    // Given back, unless something else was typed meanwhile; the draft was never erased.
    takeBackPastes();
    setText((current) => current || text);
    attachments.putBack(sent);
    setMessage(refused.refusal);
  }

  useEffect(() => {
    if (isHeld && !shown.some(isSending)) void sendHeld.current();
  }, [isHeld, shown]);
  const sendHeld = useRef(send);
  sendHeld.current = send;

  function onPaste(event: ClipboardEvent): void {
    const { files, types } = event.clipboardData;
    // Office puts a picture of the text beside the text.
    const isText = types.includes("text/plain") && types.includes("text/html");
    if (files.length > 0 && !isText) {
      event.preventDefault();
      attachments.add([...files]);
    } else pastes.notice(event);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // An input method confirms its own choice with Entrée.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {message && (
        <p id={messageId} role="alert" className="mb-2 rounded-control bg-warning-soft px-4 py-2 text-warning">
          {message}
        </p>
      )}
      <DropZone onFiles={attachments.add} />
      {isHeld && (
        <p role="status" className="mb-2 px-1 text-sm text-muted">
          {documents("waitToSend")}
        </p>
      )}
      <div className="relative rounded-card border border-line-strong bg-surface-raised p-2 shadow-raised focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
        <label htmlFor={COMPOSER_ID} className="sr-only">
          {t("label")}
        </label>
        <p id={keysId} className="sr-only">
          {t("keys")}
        </p>
        {shown.length > 0 && (
          <Suspense fallback={null}>
            <AttachmentList attachments={attachments} shown={shown} seesImages={seesImages} />
          </Suspense>
        )}
        <PasteOffers pastes={pastes} />
        {SLASH.test(text) && (
          <Suspense fallback={null}>
            <SlashMenu field={field} query={text.slice(1)} onInsert={write} />
          </Suspense>
        )}
        <div className="flex items-end gap-1 sm:gap-2">
          <div className="flex">
            <AttachButton onFiles={attachments.add} />
            <MyDocumentsButton attachedIds={shown.map(({ key }) => key)} onChoose={attachments.reuse} />
          </div>
          <textarea
            ref={field}
            id={COMPOSER_ID}
            rows={1}
            value={text}
            placeholder={t(isNarrow ? "placeholderShort" : "placeholder")}
            aria-describedby={message ? `${messageId} ${keysId}` : keysId}
            onFocus={onFirstUse}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            className="field-sizing-content max-h-[min(10lh+1.25rem,20svh)] sm:max-h-[min(10lh+1.25rem,30svh)] min-h-target flex-1 resize-none bg-transparent px-1 py-2.5 sm:px-2 outline-none placeholder:text-muted placeholder-shown:overflow-hidden placeholder-shown:whitespace-nowrap"
          />
          {isRunning && (
            <ComposerButton type="button" label={t("stop")} onClick={onStop}>
              <StopIcon />
            </ComposerButton>
          )}
          {(!isRunning || text.trim() !== "") && (
            <ComposerButton type="submit" label={t(isRunning ? "sendAfter" : "send")}>
              <ArrowUpIcon />
            </ComposerButton>
          )}
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-1 empty:hidden">{choices}</div>
      </div>
    </form>
  );
}

function ComposerButton({
  label,
  ...props
}: {
  type: "button" | "submit";
  label: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  return (
    <button
      {...props}
      aria-label={label}
      title={label}
      className="inline-flex size-target shrink-0 items-center justify-center rounded-control bg-action text-on-action transition-colors hover:bg-action-hover"
    />
  );
}

/** As tall as its text, where the style sheet alone cannot do it; it says where the field stops and scrolls. */
function useGrowingField(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
