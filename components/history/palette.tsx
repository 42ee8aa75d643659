"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { Dialog, I18nProvider, Modal, ModalOverlay } from "react-aria-components";
import { wantHome } from "@/components/assistant/composer-events";
import { SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { HISTORY_QUERY_CHARACTERS_MAX } from "@/lib/history/rules";
import { type PaletteEntry, paletteGroups } from "./palette-entries";
import { PaletteOption } from "./palette-option";
import { usePlaces } from "./use-places";
import { useQuickSearch } from "./use-quick-search";

/** Finds what was said as it is typed, and leads to the main places of the service. Échap closes it and gives the focus back. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  return (
    <I18nProvider locale={useLocale()}>
      <ModalOverlay
        isOpen
        isDismissable
        onOpenChange={(isOpen) => !isOpen && onClose()}
        className="fixed inset-0 z-50 flex items-start justify-center bg-backdrop p-2 sm:p-4 sm:pt-[12vh]"
      >
        <Modal className="w-full max-w-2xl animate-appear rounded-card border border-line bg-surface-raised shadow-overlay">
          <Dialog
            aria-label={t("label")}
            className="flex max-h-[calc(100dvh-1rem)] flex-col outline-none sm:max-h-[70vh]"
          >
            <PaletteContent onClose={onClose} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}

function PaletteContent({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  const errors = useTranslations("errors");
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [isEntered, setEntered] = useState(false);
  const { found, failure, isWaiting } = useQuickSearch(typed);
  const { recent, projects } = usePlaces();
  const groups = paletteGroups({ typed, found, recent, projects, nameOf: (command) => t(`commands.${command}`) });
  const entries = groups.flatMap((group) => group.entries);
  const at = Math.max(
    0,
    entries.findIndex(({ key }) => key === activeKey),
  );
  const active = entries[at];
  const optionId = (entry: PaletteEntry) => `${id}-${entries.indexOf(entry)}`;

  function choose({ href, kind }: PaletteEntry): void {
    onClose();
    if (href === "/" || href.startsWith("/?") || kind === "project") wantHome();
    router.push(href);
  }

  useEffect(() => {
    if (isEntered && !isWaiting && active) choose(active);
  });

  function point(entry: PaletteEntry | undefined): void {
    if (!entry) return;
    setActiveKey(entry.key);
    document.getElementById(optionId(entry))?.scrollIntoView({ block: "nearest" });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const isAgain = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.altKey;
    if (isAgain) onClose();
    else if (event.key === "ArrowDown") point(entries[(at + 1) % entries.length]);
    else if (event.key === "ArrowUp") point(entries[(at - 1 + entries.length) % entries.length]);
    // Entrée is faster than the answer: what is first then is what is meant, not what is first now.
    else if (event.key === "Enter" && isWaiting && activeKey === null) setEntered(true);
    else if (event.key === "Enter" && active) choose(active);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className="relative border-b border-line">
        <SearchIcon className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: a dialog, asked for in order to type
          autoFocus
          type="text"
          role="combobox"
          aria-label={t("field")}
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(active)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={HISTORY_QUERY_CHARACTERS_MAX}
          placeholder={t("placeholder")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActiveKey(null);
            setEntered(false);
          }}
          onKeyDown={onKeyDown}
          className="w-full rounded-t-card bg-transparent py-3.5 pr-12 pl-12 text-lg -outline-offset-2"
        />
        {isWaiting && <Spinner className="absolute top-1/2 right-4 size-5 -translate-y-1/2" />}
      </div>
      <p role="status" className="sr-only">
        {found && !isWaiting && t("count", { count: found.hits.length })}
      </p>
      {failure && (
        <p role="alert" className="px-4 pt-3 text-sm text-danger">
          {errors(failure)}
        </p>
      )}
      {found?.hits.length === 0 && !isWaiting && <p className="px-4 pt-3 text-muted">{t("nothing")}</p>}
      <div id={`${id}-list`} role="listbox" aria-label={t("list")} className="min-h-0 overflow-y-auto p-2">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: of options, where a fieldset may not be
          <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`} className="mt-2 first:mt-0">
            <p id={`${id}-${group.name}`} className="px-3 py-1 text-xs font-semibold text-muted">
              {t(`groups.${group.name}`)}
            </p>
            {group.entries.map((entry) => (
              <PaletteOption
                key={entry.key}
                id={optionId(entry)}
                entry={entry}
                isActive={entry === active}
                onPoint={() => setActiveKey(entry.key)}
                onChoose={() => choose(entry)}
              />
            ))}
          </div>
        ))}
      </div>
      <p className="border-t border-line px-4 py-2 text-xs text-muted no-hover:hidden">{t("keys")}</p>
    </>
  );
}
