import { useTranslations } from "next-intl";
import { showToast } from "@/components/ui/toast";
import { usePagedList } from "@/components/ui/use-paged-list";
import { unanswered } from "@/lib/errors/unanswered";
import { listLibraryAction, removeDocumentAction, restoreDocumentAction } from "@/lib/library/actions";
import { UNDO_SECONDS } from "@/lib/library/rules";
import type { LibraryDocument, LibraryPage } from "@/lib/library/schema";
import { useReadingFollowed } from "./use-reading-followed";

/** The documents as they are listed, and what can be done of them. */
export function useLibrary(firstPage: LibraryPage) {
  const t = useTranslations("library");
  const { items, change, hide, showAgain, sayRefused, hasMore, isLoading, showMore } = usePagedList<LibraryDocument>({
    firstPage: { items: firstPage.documents, nextCursor: firstPage.nextCursor },
    momentOf: ({ createdAt }) => createdAt,
    loadMore: async (cursor) => {
      const result = await listLibraryAction({ cursor });
      if (!result.ok) return result;
      return { ok: true, data: { items: result.data.documents, nextCursor: result.data.nextCursor } };
    },
  });

  useReadingFollowed(items, change);

  const restore = async (id: string) => {
    const result = await restoreDocumentAction({ id }).catch(unanswered);
    if (result.ok) showAgain(id);
    else sayRefused(result.code);
  };

  const remove = async ({ id, name }: LibraryDocument) => {
    hide(id);
    const result = await removeDocumentAction({ id }).catch(unanswered);
    if (!result.ok) {
      showAgain(id);
      return sayRefused(result.code);
    }
    showToast({
      text: t("removed", { name }),
      seconds: UNDO_SECONDS,
      action: { label: t("undo"), run: () => void restore(id) },
    });
  };

  return { documents: items, hasMore, isLoading, showMore, remove };
}
