"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ArrowDownIcon } from "@/components/ui/icons";
import { goToEnd, isNearEnd } from "./use-follow-end";

/** « Descendre », when the end of the conversation is out of sight. */
export function GoToEnd() {
  const t = useTranslations("assistant");
  const [isAway, setAway] = useState(false);

  useEffect(() => {
    const look = () => setAway(!isNearEnd());
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    window.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener("scroll", look);
    };
  }, []);

  if (!isAway) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 -top-14 flex justify-center">
      <button
        type="button"
        onClick={goToEnd}
        className="pointer-events-auto inline-flex min-h-target items-center gap-2 rounded-full border border-line bg-surface-raised px-4 text-sm shadow-overlay hover:bg-surface-hover"
      >
        <ArrowDownIcon className="size-4" /> {t("goToEnd")}
      </button>
    </div>
  );
}
