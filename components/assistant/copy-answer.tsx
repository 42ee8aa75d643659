"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toRichText } from "@/components/markdown/rich-text";
import { useSourcesCopied } from "@/components/sources/use-sources-copied";
import { copy } from "@/components/ui/clipboard";
import { CheckIcon, CopyIcon } from "@/components/ui/icons";
import type { CitedSource } from "@/lib/conversations/schema";

const SHOWN_MS = 3000;
const none: CitedSource[] = [];

/**
 * « Copier » gives what is on the screen to word processors, and the Markdown to plain editors; the other button gives the
 * Markdown to all. What the answer cites goes with it.
 */
export function CopyAnswer({ markdown, sources = none }: { markdown: string; sources?: readonly CitedSource[] }) {
  const cited = useSourcesCopied(sources);
  const text = markdown + cited.markdown;
  return (
    <>
      <CopyButton
        label="copy"
        copyFrom={(article) => {
          const shown = article?.querySelector(".md");
          return copy(shown ? { text, html: toRichText(shown) + cited.html } : { text });
        }}
      />
      <CopyButton label="copyMarkdown" copyFrom={() => copy({ text })} />
    </>
  );
}

type CopyButtonProps = {
  label: "copy" | "copyMarkdown";
  copyFrom: (article: HTMLElement | null) => Promise<void>;
};

function CopyButton({ label, copyFrom }: CopyButtonProps) {
  const t = useTranslations("assistant");
  const [outcome, setOutcome] = useState<"copied" | "copyFailed" | null>(null);

  const press = async (button: HTMLElement) => {
    try {
      await copyFrom(button.closest("article"));
      setOutcome("copied");
    } catch {
      setOutcome("copyFailed"); // said on the button: the browser or the workstation forbids it
    }
    setTimeout(() => setOutcome(null), SHOWN_MS);
  };

  const Icon = outcome === "copied" ? CheckIcon : CopyIcon;
  return (
    <button
      type="button"
      onClick={(event) => void press(event.currentTarget)}
      className="inline-flex min-h-target-small items-center gap-1.5 rounded-control px-2 hover:bg-surface-hover hover:text-default"
    >
      <Icon className="size-4" />
      <span aria-live="polite">{t(outcome ?? label)}</span>
    </button>
  );
}
