"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { addToDraft } from "@/components/assistant/drafts";
import { Button } from "@/components/ui/button";
import { PlusIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import { UNDO_SECONDS } from "@/lib/conversations/rules";
import type { Refusal } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { changePromptAction, createPromptAction, deletePromptAction } from "@/lib/saved-prompts/actions";
import { fieldsOf } from "@/lib/saved-prompts/rules";
import type { Prompts, SavedPrompt } from "@/lib/saved-prompts/schema";
import { FillDialog } from "./fill-dialog";
import { PromptDialog } from "./prompt-dialog";
import { PromptRow } from "./prompt-row";

type PromptListsProps = { agentId: string; prompts: Prompts };

/** The agent's own prompts, which they write, change and delete, and those that come with the service. */
export function PromptLists({ agentId, prompts: { own, shipped } }: PromptListsProps) {
  const t = useTranslations("prompts");
  const errors = useTranslations("errors");
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);
  const [edited, setEdited] = useState<SavedPrompt | "new" | null>(null);
  const [filled, setFilled] = useState<SavedPrompt | null>(null);

  const sentenceOf = ({ code, details }: Pick<Refusal, "code" | "details">) => errors(code, details);

  function insert(text: string): void {
    addToDraft(agentId, null, text);
    router.push("/");
  }

  const use = (prompt: SavedPrompt) => (fieldsOf(prompt.text).length > 0 ? setFilled(prompt) : insert(prompt.text));

  async function save(prompt: SavedPrompt | null, written: Omit<SavedPrompt, "id">): Promise<string | null> {
    const saving = prompt ? changePromptAction({ id: prompt.id, ...written }) : createPromptAction(written);
    const result = await saving.catch(unanswered);
    return result.ok ? null : sentenceOf(result);
  }

  async function copy({ title, text }: SavedPrompt): Promise<void> {
    const refusal = await save(null, { title, text });
    showToast(refusal ? { tone: "danger", text: refusal } : { text: t("copied", { title }) });
  }

  async function remove(prompt: SavedPrompt): Promise<void> {
    heading.current?.focus(); // the button that has it goes with its row
    const result = await deletePromptAction({ id: prompt.id }).catch(unanswered);
    if (!result.ok) return void showToast({ tone: "danger", text: sentenceOf(result) });
    const undo = () => void copy(prompt);
    showToast({
      text: t("deleted", { title: prompt.title }),
      seconds: UNDO_SECONDS,
      action: { label: t("undo"), run: undo },
    });
  }

  return (
    <>
      <Button variant="primary" className="mt-6" onClick={() => setEdited("new")}>
        <PlusIcon />
        {t("add")}
      </Button>
      <h2 ref={heading} tabIndex={-1} className="mt-8 text-lg font-semibold outline-none">
        {t("own")}
      </h2>
      {own.length === 0 && <p className="mt-2 text-muted">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {own.map((prompt) => (
          <PromptRow
            key={prompt.id}
            prompt={prompt}
            onUse={() => use(prompt)}
            onEdit={() => setEdited(prompt)}
            onDelete={() => void remove(prompt)}
          />
        ))}
      </ul>
      {shipped.length > 0 && <h2 className="mt-8 text-lg font-semibold">{t("shipped")}</h2>}
      <ul className="divide-y divide-line">
        {shipped.map((prompt) => (
          <PromptRow key={prompt.id} prompt={prompt} onUse={() => use(prompt)} onCopy={() => void copy(prompt)} />
        ))}
      </ul>
      {edited && (
        <PromptDialog
          prompt={edited === "new" ? null : edited}
          onSave={(written) => save(edited === "new" ? null : edited, written)}
          onClose={() => setEdited(null)}
        />
      )}
      {filled && <FillDialog prompt={filled} onInsert={insert} onClose={() => setFilled(null)} />}
    </>
  );
}
