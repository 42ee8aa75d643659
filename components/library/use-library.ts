import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { showToast } from "@/components/ui/toast";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { listLibraryAction, removeDocumentAction, restoreDocumentAction } from "@/lib/library/actions";
import { UNDO_SECONDS } from "@/lib/library/rules";
import type { LibraryDocument, LibraryPage } from "@/lib/library/schema";

/** The list as it is shown: the first page follows the server, older ones are kept, removals show before they are saved. */
export function useLibrary(firstPage: LibraryPage) {
  const t = useTranslations("library");
  const errors = useTranslations("errors");
  const [seen, setSeen] = useState(firstPage);
  const [known, setKnown] = useState(firstPage.documents);
  const [cursor, setCursor] = useState(firstPage.nextCursor);
  const [removedIds, setRemovedIds] = useState<readonly string[]>([]);
  const [isLoading, startLoading] = useTransition();

  if (seen !== firstPage) {
    setSeen(firstPage);
    setKnown(withFirstPage(known, firstPage));
    if (!firstPage.nextCursor || !cursor) setCursor(firstPage.nextCursor);
  }

  const say = (code: ErrorCode) => showToast({ tone: "danger", text: errors(code) });
  const showAgain = (id: string) => setRemovedIds((ids) => ids.filter((removed) => removed !== id));

  const showMore = () =>
    startLoading(async () => {
      if (!cursor) return;
      const result = await listLibraryAction({ cursor }).catch(unanswered);
      if (!result.ok) return void say(result.code);
      const { documents, nextCursor } = result.data;
      setKnown((all) => [...all, ...documents.filter(({ id }) => !all.some((one) => one.id === id))]);
      setCursor(nextCursor);
    });

  const restore = async (id: string) => {
    const result = await restoreDocumentAction({ id }).catch(unanswered);
    if (!result.ok) return void say(result.code);
    showAgain(id);
  };

  const remove = async ({ id, name }: LibraryDocument) => {
    setRemovedIds((ids) => [...ids, id]);
    const result = await removeDocumentAction({ id }).catch(unanswered);
    if (!result.ok) {
      showAgain(id);
      return void say(result.code);
    }
    showToast({
      text: t("removed", { name }),
      seconds: UNDO_SECONDS,
      action: { label: t("undo"), run: () => void restore(id) },
    });
  };

  return {
    documents: known.filter(({ id }) => !removedIds.includes(id)),
    hasMore: cursor !== null,
    isLoading,
    showMore,
    remove,
  };
}

/** That page, then what was known to be older: whatever is as recent as the page but not in it was deleted elsewhere. */
function withFirstPage(known: readonly LibraryDocument[], first: LibraryPage): LibraryDocument[] {
  const last = first.documents.at(-1);
  if (!last || !first.nextCursor) return first.documents;
  const older = known.filter(
    ({ id, createdAt }) => createdAt <= last.createdAt && !first.documents.some((one) => one.id === id),
  );
  return [...first.documents, ...older];
}
