import { useTranslations } from "next-intl";
import { announceReturn } from "@/components/conversations/returned";
import { showToast } from "@/components/ui/toast";
import { usePagedList } from "@/components/ui/use-paged-list";
import {
  deleteConversationsAction,
  listArchivedAction,
  restoreConversationsAction,
  unarchiveConversationsAction,
} from "@/lib/conversations/actions";
import { UNDO_SECONDS } from "@/lib/conversations/rules";
import type { StoredConversation, StoredPage } from "@/lib/conversations/schema";
import { unanswered } from "@/lib/errors/unanswered";
import { eraseConversationsAction, listTrashAction } from "@/lib/trash/actions";

export type ShelfName = "archives" | "trash";

const SHELVES = {
  archives: { list: listArchivedAction, back: unarchiveConversationsAction, remove: deleteConversationsAction },
  trash: { list: listTrashAction, back: restoreConversationsAction, remove: eraseConversationsAction },
} as const;

/** The conversations of the archives or of the trash, and what can be done of them. */
export function useShelf(name: ShelfName, firstPage: StoredPage) {
  const t = useTranslations("shelves");
  const shelf = SHELVES[name];
  const list = usePagedList<StoredConversation>({
    firstPage: { items: firstPage.conversations, nextCursor: firstPage.nextCursor },
    momentOf: ({ at }) => at,
    loadMore: async (cursor) => {
      const result = await shelf.list({ cursor });
      if (!result.ok) return result;
      return { ok: true, data: { items: result.data.conversations, nextCursor: result.data.nextCursor } };
    },
  });

  const act = async (
    conversation: StoredConversation,
    run: (input: { ids: string[] }) => ReturnType<typeof shelf.back | typeof shelf.remove>,
  ): Promise<boolean> => {
    list.hide(conversation.id);
    const result = await run({ ids: [conversation.id] }).catch(unanswered);
    if (!result.ok) {
      list.showAgain(conversation.id);
      list.sayRefused(result.code);
      return false;
    }
    list.forget(conversation.id);
    return true;
  };

  const giveBack = async (conversation: StoredConversation) => {
    if (!(await act(conversation, shelf.back))) return;
    announceReturn([conversation]);
    showToast({ tone: "success", text: t(`${name}.came`, { title: conversation.title }) });
  };

  const remove = async (conversation: StoredConversation) => {
    if (!(await act(conversation, shelf.remove))) return;
    const undo = async () => {
      const undone = await restoreConversationsAction({ ids: [conversation.id] }).catch(unanswered);
      if (undone.ok) list.put(conversation);
      else list.sayRefused(undone.code);
    };
    showToast({
      text: t(`${name}.removed`, { title: conversation.title }),
      ...(name === "archives" && {
        seconds: UNDO_SECONDS,
        action: { label: t("undo"), run: () => void undo() },
      }),
    });
  };

  return { ...list, conversations: list.items, giveBack, remove };
}
