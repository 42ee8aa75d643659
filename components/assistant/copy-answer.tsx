"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { CheckIcon, CopyIcon } from "@/components/ui/icons";

const SHOWN_MS = 3000;

/** Copies the Markdown for plain editors, and what is on the screen for word processors. */
export function CopyAnswer({ markdown }: { markdown: string }) {
  const t = useTranslations("assistant");
  const button = useRef<HTMLButtonElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "copyFailed" | null>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/plain": new Blob([markdown], { type: "text/plain" }),
          "text/html": new Blob([shownHtml(button.current)], { type: "text/html" }),
        }),
      ]);
      setOutcome("copied");
    } catch {
      setOutcome("copyFailed"); // said on the button: the browser or the workstation forbids it
    }
    setTimeout(() => setOutcome(null), SHOWN_MS);
  };

  const Icon = outcome === "copied" ? CheckIcon : CopyIcon;
  return (
    <button
      ref={button}
      type="button"
      onClick={copy}
      className="inline-flex min-h-target-small items-center gap-1.5 rounded-control px-2 hover:bg-surface-hover hover:text-default"
    >
      <Icon className="size-4" />
      <span aria-live="polite">{t(outcome ?? "copy")}</span>
    </button>
  );
}

/** The answer's own elements, without buttons, classes or what only screen readers hear. */
function shownHtml(button: HTMLElement | null): string {
  const shown = button?.closest("article")?.querySelector(".md")?.cloneNode(true);
  if (!(shown instanceof HTMLElement)) return "";
  for (const extra of shown.querySelectorAll("button, .sr-only")) extra.remove();
  for (const element of shown.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (name !== "href" && name !== "colspan" && name !== "rowspan" && name !== "xmlns")
        element.removeAttribute(name);
    }
  }
  return shown.innerHTML;
}
