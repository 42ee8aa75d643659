"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { DocumentIcon } from "@/components/ui/icons";
import { LIBRARY_PATH } from "@/lib/library/rules";

/** In the column of conversations: where the documents that were sent are. */
export function LibraryLink() {
  const t = useTranslations("layout");
  const isCurrent = usePathname() === LIBRARY_PATH;
  return (
    <div className="border-t border-line p-3">
      <ButtonLink
        href={LIBRARY_PATH}
        prefetch={false}
        variant="quiet"
        size="small"
        aria-current={isCurrent ? "page" : undefined}
        className={isCurrent ? "w-full justify-start bg-action-soft" : "w-full justify-start"}
      >
        <DocumentIcon className="text-muted" />
        {t("documents")}
      </ButtonLink>
    </div>
  );
}
