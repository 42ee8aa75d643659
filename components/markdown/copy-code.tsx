"use client";

import { useState } from "react";

const SAID_MS = 2_000;

/** Copies the code it stands above. It reads it from the page, so that no answer is sent twice. */
export function CopyCode({ label, doneLabel }: { label: string; doneLabel: string }) {
  const [copied, setCopied] = useState(false);

  async function copy(button: HTMLElement) {
    const code = button.closest("figure")?.querySelector("pre")?.textContent ?? "";
    await navigator.clipboard.writeText(code.replace(/\n$/, ""));
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  }

  return (
    <button
      type="button"
      className="min-h-9 px-4 text-sm text-action hover:bg-surface-hover"
      onClick={(event) => void copy(event.currentTarget).catch(() => setCopied(false))}
    >
      <span aria-live="polite">{copied ? doneLabel : label}</span>
    </button>
  );
}
