import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { RetryIcon, TrashIcon, UnarchiveIcon } from "@/components/ui/icons";
import type { StoredConversation } from "@/lib/conversations/schema";
import type { ShelfName } from "./use-shelf";

type ShelfRowProps = {
  shelf: ShelfName;
  conversation: StoredConversation;
  /** What else is to be known of it. */
  fact?: string | undefined;
  onBack: () => void;
  onRemove: () => void;
};

/** A conversation of the archives or of the trash: what it is, since when, and what can be done with it. */
export function ShelfRow({ shelf, conversation, fact, onBack, onRemove }: ShelfRowProps) {
  const t = useTranslations("shelves");
  const format = useFormatter();
  const { id, title, at, isPinned } = conversation;
  const facts = [t(`${shelf}.at`, { date: format.dateTime(at, { dateStyle: "long" }) }), fact, isPinned && t("pinned")];
  return (
    <ShelfItem
      title={title}
      href={shelf === "archives" ? `/conversations/${id}` : undefined}
      facts={facts.filter(Boolean).join(" · ")}
    >
      <Button size="small" aria-label={t(`${shelf}.backNamed`, { title })} onClick={onBack}>
        {shelf === "archives" ? <UnarchiveIcon className="size-4" /> : <RetryIcon className="size-4" />}
        {t(`${shelf}.back`)}
      </Button>
      <Button size="small" variant="quiet" aria-label={t(`${shelf}.removeNamed`, { title })} onClick={onRemove}>
        <TrashIcon className="size-4" />
        {t(`${shelf}.remove`)}
      </Button>
    </ShelfItem>
  );
}

type ShelfItemProps = { title: string; href?: string | undefined; facts: string; children: ReactNode };

export function ShelfItem({ title, href, facts, children }: ShelfItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 py-4">
      <div className="min-w-48 flex-1">
        <h3 className="font-semibold wrap-anywhere">
          {href ? (
            <Link href={href} prefetch={false} className="hover:underline">
              {title}
            </Link>
          ) : (
            title
          )}
        </h3>
        <p className="text-sm text-muted">{facts}</p>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </li>
  );
}
