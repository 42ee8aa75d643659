"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";
import { QUESTION_CHARACTERS_MAX } from "@/lib/conversations/rules";
import { newId } from "@/lib/id";
import { useAsk } from "./use-ask";

type QuestionEditorProps = { conversationId: string; messageId: string; text: string; onClose: () => void };

/** Another wording of a question: sent, it opens a branch beside the first. */
export function QuestionEditor({ conversationId, messageId, text, onClose }: QuestionEditorProps) {
  const t = useTranslations("assistant.branches");
  const assistant = useTranslations("assistant");
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(text);
  const [missing, setMissing] = useState<string>();
  const { ask, isPending, refusal } = useAsk();

  useEffect(() => {
    const field = form.current?.querySelector("textarea");
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const wanted = draft.trim();
    if (wanted === "") return setMissing(t("missing"));
    if (wanted.length > QUESTION_CHARACTERS_MAX)
      return setMissing(assistant("tooLong", { count: wanted.length, max: QUESTION_CHARACTERS_MAX }));
    const ids = { questionId: newId(), answerId: newId() };
    const acceptance = await ask({ kind: "edit", conversationId, editedId: messageId, text: wanted, ...ids });
    if (acceptance.accepted) onClose();
  };

  return (
    <form ref={form} onSubmit={send} className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <TextArea
        label={t("newWording")}
        value={draft}
        error={missing ?? refusal ?? undefined}
        rows={Math.min(10, Math.max(3, draft.split("\n").length + 1))}
        onChange={(event) => {
          setDraft(event.target.value);
          setMissing(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            onClose();
          }
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (!isPending) void send();
        }}
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button size="small" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button size="small" type="submit" variant="primary" isPending={isPending}>
          {assistant("send")}
        </Button>
      </div>
    </form>
  );
}
