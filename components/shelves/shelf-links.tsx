"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { ArchiveIcon, DocumentIcon, PromptIcon, TrashIcon } from "@/components/ui/icons";
import { LIBRARY_PATH } from "@/lib/library/rules";
import { PROMPTS_PATH } from "@/lib/saved-prompts/rules";
import { ARCHIVES_PATH, TRASH_PATH } from "@/lib/trash/rules";

const LINKS = [
  { href: LIBRARY_PATH, label: "documents", Icon: DocumentIcon, className: "col-span-2" },
  { href: PROMPTS_PATH, label: "prompts", Icon: PromptIcon, className: "col-span-2" },
  { href: ARCHIVES_PATH, label: "archives", Icon: ArchiveIcon, className: "" },
  { href: TRASH_PATH, label: "trash", Icon: TrashIcon, className: "" },
] as const;

/** Below the list of conversations: the documents that were sent, the prompts that are kept, and the conversations that are not in the list. */
export function ShelfLinks() {
  const t = useTranslations("layout");
  const pathname = usePathname();
  return (
    <nav aria-label={t("shelves")} className="border-t border-line p-3">
      <ul className="grid grid-cols-2 gap-1">
        {LINKS.map(({ href, label, Icon, className }) => (
          <li key={href} className={className}>
            <ButtonLink
              href={href}
              prefetch={false}
              variant="quiet"
              size="small"
              aria-current={pathname === href ? "page" : undefined}
              className={pathname === href ? "w-full justify-start bg-action-soft" : "w-full justify-start"}
            >
              <Icon className="text-muted" />
              {t(label)}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
