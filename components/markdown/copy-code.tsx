"use client";

import { useTranslations } from "next-intl";
import { copy } from "@/components/ui/clipboard";
import { FrameButton } from "./frame-button";

export function CopyCode() {
  const t = useTranslations("markdown");
  return (
    <FrameButton
      label={t("copyCode")}
      doneLabel={t("codeCopied")}
      failedLabel={t("copyFailed")}
      onPress={(frame) => copy({ text: (frame.querySelector("pre")?.textContent ?? "").replace(/\n$/, "") })}
    />
  );
}
