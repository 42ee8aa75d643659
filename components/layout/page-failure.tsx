"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { FullPageMessage } from "./full-page-message";

/** What an error boundary shows. The focus goes to it: what had it is gone. */
export function PageFailure({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("layout.failure");
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), []);
  return (
    <div ref={frame} role="alert" tabIndex={-1} className="flex flex-1 flex-col outline-none">
      <FullPageMessage title={t("title")} text={t("text")}>
        <Button variant="primary" onClick={onRetry}>
          {t("retry")}
        </Button>
        <ButtonLink href="/">{t("home")}</ButtonLink>
      </FullPageMessage>
    </div>
  );
}
