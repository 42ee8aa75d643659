"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { reuseAtHome } from "@/components/documents/use-attachments";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { DocumentIcon, SearchIcon } from "@/components/ui/icons";
import { LIBRARY_PATH } from "@/lib/library/rules";
import type { LibraryDocument, LibraryPage } from "@/lib/library/schema";
import { LibraryRow } from "./library-row";
import { useLibrary } from "./use-library";

type LibraryListProps = { agentId: string; query: string; firstPage: LibraryPage };

/** What an agent keeps, or what of it answers a query: used again, taken back, or removed with all that was read in it. */
export function LibraryList({ agentId, query, firstPage }: LibraryListProps) {
  const t = useTranslations("library");
  const router = useRouter();
  const library = useLibrary(firstPage);
  const list = useRef<HTMLUListElement>(null);
  const [usedId, setUsedId] = useState<string | null>(null);

  async function reuse({ uses: _, excerpt: __, ...document }: LibraryDocument): Promise<void> {
    setUsedId(document.id);
    await reuseAtHome(agentId, document);
    router.push("/");
    focusComposer();
  }

  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label={t("title")} className="divide-y divide-line outline-none">
        {library.documents.map((document) => (
          <LibraryRow
            key={document.id}
            document={document}
            isUsing={usedId === document.id}
            onUse={() => void reuse(document)}
            onRemove={() => {
              // The button that has the focus goes with its row.
              list.current?.focus();
              void library.remove(document);
            }}
          />
        ))}
      </ul>
      {library.documents.length === 0 && (query === "" ? <NothingKept /> : <NothingFound query={query} />)}
      {library.hasMore && (
        <Button variant="quiet" className="mt-3 w-full" isPending={library.isLoading} onClick={library.showMore}>
          {t("more")}
        </Button>
      )}
      {firstPage.isCut && <p className="py-4 text-sm text-muted">{t("cut", { count: firstPage.documents.length })}</p>}
    </>
  );
}

const FRAMES_MAX = 600;

/** As soon as home is drawn. */
function focusComposer(framesLeft = FRAMES_MAX): void {
  const field = document.getElementById(COMPOSER_ID);
  if (field) field.focus();
  else if (framesLeft > 0) requestAnimationFrame(() => focusComposer(framesLeft - 1));
}

function NothingKept() {
  const t = useTranslations("library.empty");
  return (
    <EmptyState
      icon={<DocumentIcon className="size-8" />}
      title={t("title")}
      actions={<ButtonLink href="/">{t("action")}</ButtonLink>}
    >
      {t("text")}
    </EmptyState>
  );
}

function NothingFound({ query }: { query: string }) {
  const t = useTranslations("library.nothingFound");
  return (
    <EmptyState
      icon={<SearchIcon className="size-8" />}
      title={t("title", { query })}
      actions={<ButtonLink href={LIBRARY_PATH}>{t("action")}</ButtonLink>}
    >
      {t("text")}
    </EmptyState>
  );
}
