"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon } from "@/components/ui/icons";
import { closeSource } from "./opened-source";

type SourceTitleProps = { id: string; number: number; name: string };

/** What the panel shows, and the way out of it; it takes the focus when the panel opens. */
export function SourceTitle({ id, number, name }: SourceTitleProps) {
  const t = useTranslations("sources");
  const ui = useTranslations("ui");
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div className="flex items-start justify-between gap-3">
      <h2 id={id} ref={title} tabIndex={-1} className="min-w-0 pt-1 font-semibold wrap-anywhere">
        <span className="sr-only">{t("panel", { number })} </span>
        {name}
      </h2>
      <IconButton label={ui("close")} size="small" onClick={closeSource} className="-mr-2 shrink-0">
        <CloseIcon />
      </IconButton>
    </div>
  );
}
