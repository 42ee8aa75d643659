import { useTranslations } from "next-intl";
import { type ClipboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Attachment, Attachments } from "@/components/documents/attachments";
import { removeDocument } from "@/components/documents/document-requests";
import { newId } from "@/lib/id";
import { readDraft } from "./drafts";
import {
  asPasted,
  followEdit,
  LONG_PASTE_CHARACTERS,
  type LongPaste,
  newPaste,
  pasteName,
  takenOut,
} from "./long-pastes";
import { asFile, useKeptPastes } from "./use-kept-pastes";

type Composing = {
  agentId: string;
  conversationId: string | null;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  attachments: Attachments;
  shown: readonly Attachment[];
};

/** The long texts that were pasted in the question, which can become documents and come back. */
export function useLongPastes({ agentId, conversationId, field, text, write, attachments, shown }: Composing) {
  const t = useTranslations("assistant.paste");
  const [pastes, setPastes] = useState<readonly LongPaste[]>([]);
  const seen = useRef(text);
  /** What they are once the question is this text; any other text is an edit to follow. */
  const foreseen = useRef<{ text: string; pastes: readonly LongPaste[] } | null>(null);

  useLayoutEffect(() => {
    const before = seen.current;
    if (before === text) return;
    seen.current = text;
    const known = foreseen.current;
    foreseen.current = null;
    const caret = field.current?.selectionEnd ?? null;
    setPastes((current) => (known?.text === text ? known.pastes : followEdit(current, before, text, caret)));
  }, [text, field]);
  const attachmentOf = ({ joined }: LongPaste) => shown.find(({ key }) => key === joined?.attachmentKey);
  const unsent = pastes.filter((paste) => attachmentOf(paste)?.document === null);
  useKeptPastes({ agentId, conversationId, attachments, unsent }, (kept) => {
    setPastes(kept);
    foreseen.current = { text: readDraft(agentId, conversationId), pastes: kept };
  });

  function become(next: string, nextPastes: readonly LongPaste[], caret: number): void {
    if (next === text) setPastes(nextPastes);
    else foreseen.current = { text: next, pastes: nextPastes };
    write(next);
    field.current?.focus();
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
  }

  function notice({ clipboardData }: ClipboardEvent): void {
    const pasted = asPasted(clipboardData.getData("text/plain"));
    const element = field.current;
    if (pasted.length <= LONG_PASTE_CHARACTERS || !element) return;
    const { selectionStart: start, selectionEnd: end } = element;
    const next = text.slice(0, start) + pasted + text.slice(end);
    const others = followEdit(pastes, text, next, start + pasted.length);
    foreseen.current = { text: next, pastes: [...others, newPaste(newId(), start, pasted)] };
  }

  function join(paste: LongPaste): void {
    const { question, text: taken } = takenOut(text, paste);
    const name = pasteName(
      (number) => t("name", { number }),
      shown.map((attachment) => attachment.name),
    );
    const [attachmentKey = ""] = attachments.add([asFile(name, taken)]);
    const others = followEdit(without(pastes, paste), text, question, paste.start);
    const joined = { ...paste, end: paste.start, joined: { attachmentKey, name, text: taken } };
    become(question, [...others, joined], paste.start);
  }

  function putBack(paste: LongPaste): void {
    if (!paste.joined) return;
    const { attachmentKey, text: taken } = paste.joined;
    attachments.remove(attachmentKey);
    void removeDocument(attachmentKey);
    const end = paste.start + taken.length;
    const next = text.slice(0, paste.start) + taken + text.slice(paste.start);
    const others = followEdit(without(pastes, paste), text, next, end);
    become(next, [...others, { ...paste, end, joined: null, isKept: true }], end);
  }

  function keep(paste: LongPaste): void {
    setPastes(pastes.map((each) => (each.key === paste.key ? { ...each, isKept: true } : each)));
    field.current?.focus();
  }

  const sentenceOf = (paste: LongPaste): string => {
    if (!paste.joined) return t("offer", { count: paste.characters });
    if (!attachmentOf(paste)) return t("removed");
    return t(paste.isEdited ? "joinedEdited" : "joined", { name: paste.joined.name });
  };

  return {
    notice,
    /** Those of which something can be done, with what is said of each. */
    offers: pastes
      .filter(({ isKept, joined }) => joined || !isKept)
      .map((paste) => ({ key: paste.key, isJoined: paste.joined !== null, sentence: sentenceOf(paste), paste })),
    join,
    keep,
    putBack,
    /** One became a document that the server has not taken: sent now, the question would lose it. */
    isStuck: pastes.some((paste) => attachmentOf(paste)?.refusal),
    /** Offers again those that are in the question; false when there is none. */
    offerAgain(): boolean {
      setPastes(pastes.map((paste) => ({ ...paste, isKept: false })));
      return pastes.some(({ joined }) => !joined);
    },
    /** Forgets them as the question leaves; the function returned has them again, should it come back. */
    leave(): () => void {
      setPastes([]);
      return () => {
        foreseen.current = { text, pastes };
      };
    },
  };
}

const without = (pastes: readonly LongPaste[], { key }: LongPaste) => pastes.filter((paste) => paste.key !== key);

export type LongPastes = ReturnType<typeof useLongPastes>;
