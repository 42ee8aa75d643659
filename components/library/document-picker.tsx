"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { inputClass } from "@/components/ui/field";
import { Spinner } from "@/components/ui/spinner";
import type { DocumentSummary } from "@/lib/documents/schema";
import { isReusable, QUERY_CHARACTERS_MAX } from "@/lib/library/rules";
import type { LibraryDocument } from "@/lib/library/schema";
import { DocumentFacts } from "./document-facts";
import { Excerpt } from "./excerpt";
import { usePickedPage } from "./use-picked-page";

type DocumentPickerProps = {
  attachedIds: readonly string[];
  /** They are added to a project, rather than attached to a question. */
  isForProject?: boolean;
  onClose: () => void;
  onChoose: (documents: DocumentSummary[]) => void;
};

/** The agent's documents, to be searched and chosen from. What is chosen stays so from one search to the next. */
export function DocumentPicker({ attachedIds, isForProject = false, onClose, onChoose }: DocumentPickerProps) {
  const t = useTranslations("documents.picker");
  const errors = useTranslations("errors");
  const id = useId();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<readonly LibraryDocument[]>([]);
  const { page, isLoading, failure, showMore } = usePickedPage(query);
  const isChosen = (document: LibraryDocument) => chosen.some((one) => one.id === document.id);
  const choose = (document: LibraryDocument) =>
    setChosen((all) => (isChosen(document) ? all.filter((one) => one.id !== document.id) : [...all, document]));

  return (
    <Dialog isOpen onClose={onClose} title={t("title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // React takes it up to the composer, whose form this dialog opens from.
          event.stopPropagation();
          if (chosen.length > 0) onChoose(chosen.map(({ uses: _, excerpt: __, ...document }) => document));
        }}
      >
        <label htmlFor={id} className="font-medium">
          {t("search")}
        </label>
        <input
          id={id}
          type="search"
          autoFocus
          autoComplete="off"
          maxLength={QUERY_CHARACTERS_MAX}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className={`${inputClass} mt-1.5 min-h-target`}
        />
        <p role="status" className="mt-1.5 flex min-h-[1.6em] items-center gap-2 text-sm text-muted">
          {isLoading && <Spinner className="size-4" />}
          {page &&
            !isLoading &&
            (query.trim() !== "" || page.documents.length === 0) &&
            t("found", { count: page.documents.length })}
        </p>
        {failure && (
          <p role="alert" className="text-sm text-danger">
            {errors(failure)}
          </p>
        )}
        <ul aria-label={t("title")} className="mt-1 max-h-[45dvh] divide-y divide-line overflow-y-auto">
          {page?.documents.map((document) => {
            const isAttached = attachedIds.includes(document.id);
            return (
              <li key={document.id} className="px-1 py-2.5">
                <Checkbox
                  label={
                    <span className="line-clamp-3 wrap-anywhere" title={document.name}>
                      {document.name}
                    </span>
                  }
                  description={
                    <>
                      {isAttached && <>{t(isForProject ? "inProject" : "attached")} · </>}
                      <DocumentFacts document={document} />
                    </>
                  }
                  checked={isAttached || isChosen(document)}
                  disabled={isAttached || !isReusable(document)}
                  onChange={() => choose(document)}
                />
                {document.excerpt && (
                  <div className="mt-1 pl-8">
                    <Excerpt {...document.excerpt} />
                  </div>
                )}
              </li>
            );
          })}
        </ul>
        {page?.nextCursor && (
          <Button variant="quiet" size="small" className="mt-2 w-full" isPending={isLoading} onClick={showMore}>
            {t("more")}
          </Button>
        )}
        <div className="mt-4">
          <DialogActions
            go={t(isForProject ? "add" : "attach", { count: chosen.length })}
            isDisabled={chosen.length === 0}
            onCancel={onClose}
          />
        </div>
      </form>
    </Dialog>
  );
}
