"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { optionClass } from "@/components/ui/option-class";
import { unanswered } from "@/lib/errors/unanswered";
import { listPromptsAction } from "@/lib/saved-prompts/actions";
import { fieldsOf, fillIn, findPrompts, PROMPTS_PATH } from "@/lib/saved-prompts/rules";
import type { SavedPrompt } from "@/lib/saved-prompts/schema";
import { FillDialog } from "./fill-dialog";

/** Without a scroll bar of their own; what is typed chooses among the others. */
const SHOWN_MAX = 6;

type SlashMenuProps = {
  /** Keeps the focus: its keys move in the list. */
  field: RefObject<HTMLTextAreaElement | null>;
  /** What is typed after the slash. */
  query: string;
  onInsert: (text: string) => void;
};

/** The prompts that answer what is typed after « / » in the composer. Échap leaves the slash alone, until it is typed again. */
export function SlashMenu({ field, query, onInsert }: SlashMenuProps) {
  const t = useTranslations("prompts.menu");
  const id = useId();
  const [prompts, setPrompts] = useState<SavedPrompt[] | "failed" | null>(null);
  const [isClosed, setClosed] = useState(false);
  const [active, setActive] = useState(0);
  const [filled, setFilled] = useState<SavedPrompt | null>(null);

  useEffect(() => {
    void listPromptsAction()
      .catch(unanswered)
      .then((result) => setPrompts(result.ok ? [...result.data.own, ...result.data.shipped] : "failed"));
  }, []);

  const [seenQuery, setSeenQuery] = useState(query);
  if (seenQuery !== query) {
    setSeenQuery(query);
    setActive(0);
  }
  const found = Array.isArray(prompts) ? findPrompts(prompts, query).slice(0, SHOWN_MAX) : [];
  const optionId = (index: number) => `${id}-${index}`;

  function choose(prompt: SavedPrompt | undefined): void {
    if (!prompt) return;
    if (fieldsOf(prompt.text).length > 0) setFilled(prompt);
    else insert(prompt.text);
  }

  function insert(text: string): void {
    setFilled(null);
    onInsert(text);
    // After the dialog has given the focus back, and the field has its text.
    setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(text.length, text.length);
    });
  }

  const isOpen = !isClosed && !filled && prompts !== "failed";
  const state = { isOpen, found, active, choose, close: () => setClosed(true), setActive };
  useKeys(field, state);
  useActiveOption(field, isOpen ? { listId: id, optionId: found.length > 0 ? optionId(active) : null } : null);

  if (filled) return <FillDialog prompt={filled} onInsert={insert} onClose={() => setFilled(null)} />;
  if (isClosed) return null;
  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-2 rounded-card border border-line bg-surface-raised shadow-overlay">
      <p role="status" className={classNames("px-4 pt-3 text-sm text-muted", found.length > 0 && "sr-only")}>
        {prompts === null ? t("loading") : prompts === "failed" ? t("failed") : t("found", { count: found.length })}
      </p>
      <div id={id} role="listbox" aria-label={t("label")} className="p-2">
        {found.map((prompt, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={prompt.id}
            id={optionId(index)}
            role="option"
            aria-selected={index === active}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => choose(prompt)}
            className={optionClass(index === active, "flex-col justify-center")}
          >
            <span className="truncate font-medium">{prompt.title}</span>
            <span className="truncate text-sm text-muted max-sm:hidden">{fillIn(prompt.text, {})}</span>
          </div>
        ))}
      </div>
      <p className="border-t border-line px-4 py-2 text-sm">
        <Link href={PROMPTS_PATH} prefetch={false} className="text-link">
          {t("manage")}
        </Link>
      </p>
    </div>
  );
}

type Keyed = {
  isOpen: boolean;
  found: readonly SavedPrompt[];
  active: number;
  choose: (prompt: SavedPrompt | undefined) => void;
  close: () => void;
  setActive: (index: number) => void;
};

/** Before the field answers them itself: its Entrée would send. */
function useKeys(field: RefObject<HTMLTextAreaElement | null>, state: Keyed): void {
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    const element = field.current;
    const onKey = (event: KeyboardEvent) => {
      const { isOpen, found, active, choose, close, setActive } = latest.current;
      const count = found.length;
      const actionOf = (key: string): (() => void) | null => {
        if (key === "Escape") return close;
        if (count === 0) return null;
        if (key === "ArrowDown") return () => setActive((active + 1) % count);
        if (key === "ArrowUp") return () => setActive((active + count - 1) % count);
        return key === "Enter" || key === "Tab" ? () => choose(found[active]) : null;
      };
      if (!isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const act = actionOf(event.key);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [field]);
}

/** Tells assistive technologies what the keys of the field move in. */
function useActiveOption(
  field: RefObject<HTMLTextAreaElement | null>,
  shown: { listId: string; optionId: string | null } | null,
): void {
  const listId = shown?.listId;
  const optionId = shown?.optionId;
  useEffect(() => {
    const element = field.current;
    if (!element || !listId) return;
    element.setAttribute("aria-controls", listId);
    element.setAttribute("aria-autocomplete", "list");
    if (optionId) element.setAttribute("aria-activedescendant", optionId);
    return () => {
      for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) element.removeAttribute(name);
    };
  }, [field, listId, optionId]);
}
