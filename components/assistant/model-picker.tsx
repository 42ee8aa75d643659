"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { ChevronDownIcon, WarningIcon } from "@/components/ui/icons";
import type { ModelChoice } from "@/lib/models/schema";

const loadMenu = () => import("./model-menu");
const ModelMenu = lazy(async () => ({ default: (await loadMenu()).ModelMenu }));

type ModelPickerProps = {
  models: readonly ModelChoice[];
  chosenId: string;
  onChoose: (id: string) => void;
};

/** Which model answers the next question. Nothing to see when there is no choice; its menu is loaded when one comes near. */
export function ModelPicker({ models, chosenId, onChoose }: ModelPickerProps) {
  const t = useTranslations("assistant.models");
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const prepare = () => void loadMenu().catch(() => {}); // asked again, and shown, when the menu opens
  const chosen = models.find(({ id }) => id === chosenId) ?? models[0];
  if (!chosen || models.length < 2) return null;
  return (
    <>
      <button
        ref={trigger}
        type="button"
        aria-label={t("chosen", { label: chosen.label, health: chosen.health })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        className={buttonClass({ variant: "quiet", size: "small", className: "max-w-full" })}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {chosen.health !== "good" && (
          <WarningIcon className={chosen.health === "down" ? "size-4 text-danger" : "size-4 text-warning"} />
        )}
        <span className="truncate">{chosen.label}</span>
        <ChevronDownIcon className="size-4" />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <ModelMenu
            models={models}
            chosenId={chosen.id}
            trigger={trigger}
            onChoose={onChoose}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
