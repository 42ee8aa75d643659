"use client";

import { type ReactNode, useState } from "react";

const SAID_MS = 2_000;

type FrameButtonProps = {
  label: ReactNode;
  doneLabel: string;
  failedLabel: string;
  /** Given the frame that holds the button: what it shows is read there, so that no answer is sent twice. */
  onPress: (frame: HTMLElement) => void | Promise<void>;
};

/** An action on the code or the table below. Its outcome is said in its place. */
export function FrameButton({ label, doneLabel, failedLabel, onPress }: FrameButtonProps) {
  const [outcome, setOutcome] = useState<"done" | "failed" | null>(null);

  async function press(button: HTMLElement) {
    const frame = button.closest("figure");
    if (!frame) return;
    try {
      await onPress(frame);
      setOutcome("done");
    } catch {
      setOutcome("failed"); // said on the button: the browser or the workstation forbids it
    }
    setTimeout(() => setOutcome(null), SAID_MS);
  }

  return (
    <button
      type="button"
      className="min-h-9 px-4 text-sm text-action hover:bg-surface-hover"
      onClick={(event) => void press(event.currentTarget)}
    >
      <span aria-live="polite">{outcome === null ? label : outcome === "done" ? doneLabel : failedLabel}</span>
    </button>
  );
}
