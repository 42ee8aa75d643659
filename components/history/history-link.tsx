"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { SearchIcon } from "@/components/ui/icons";
import { HISTORY_PATH } from "./history-address";

/** Above the conversations: where they are searched. Tells the shortcut of the palette, unless shortcuts are off. */
export function HistoryLink({ hasShortcut }: { hasShortcut: boolean }) {
  const t = useTranslations("layout");
  const isCurrent = usePathname() === HISTORY_PATH;
  return (
    <div className="px-3 pt-3 max-md:pt-0">
      <ButtonLink
        href={HISTORY_PATH}
        prefetch={false}
        variant="quiet"
        size="small"
        aria-current={isCurrent ? "page" : undefined}
        className={isCurrent ? "w-full justify-start bg-action-soft" : "w-full justify-start"}
      >
        <SearchIcon className="text-muted" />
        {t("search")}
        {hasShortcut && (
          <span aria-hidden="true" className="ml-auto text-xs text-muted no-hover:hidden">
            {t("searchKey")}
          </span>
        )}
      </ButtonLink>
    </div>
  );
}
