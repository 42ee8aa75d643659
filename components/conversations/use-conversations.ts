import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/ui/toast";
import { usePagedList } from "@/components/ui/use-paged-list";
import {
  deleteConversationAction,
  listConversationsAction,
  renameConversationAction,
  restoreConversationAction,
} from "@/lib/conversations/actions";
import { UNDO_SECONDS } from "@/lib/conversations/rules";
import type { ConversationPage, ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";

/** The conversations as they are listed, and what can be done of them. */
export function useConversations(firstPage: ConversationPage) {
  const t = useTranslations("conversations");
  const router = useRouter();
  const pathname = usePathname();
  const { items, hide, showAgain, change, sayRefused, hasMore, isLoading, showMore } =
    usePagedList<ConversationSummary>({
      firstPage: { items: firstPage.conversations, nextCursor: firstPage.nextCursor },
      momentOf: ({ usedAt }) => usedAt,
      loadMore: async (cursor) => {
        const result = await listConversationsAction({ cursor });
        if (!result.ok) return result;
        return { ok: true, data: { items: result.data.conversations, nextCursor: result.data.nextCursor } };
      },
    });

  const rename = async (id: string, title: string): Promise<ErrorCode | null> => {
    const result = await renameConversationAction({ id, title }).catch(unanswered);
    if (!result.ok) return result.code;
    change(id, { title });
    return null;
  };

  const restore = async ({ id }: ConversationSummary, wasOpen: boolean) => {
    const result = await restoreConversationAction({ id }).catch(unanswered);
    if (!result.ok) return void sayRefused(result.code);
    showAgain(id);
    if (wasOpen) router.push(pathOf(id));
  };

  const remove = async (conversation: ConversationSummary) => {
    const { id, title } = conversation;
    const isOpen = pathname === pathOf(id);
    hide(id);
    if (isOpen) router.push("/"); // before it is gone, so that its page is not shown as missing
    const result = await deleteConversationAction({ id }).catch(unanswered);
    if (!result.ok) {
      showAgain(id);
      return sayRefused(result.code);
    }
    showToast({
      text: t("deleted", { title }),
      seconds: UNDO_SECONDS,
      action: { label: t("undo"), run: () => void restore(conversation, isOpen) },
    });
  };

  return { conversations: items, hasMore, isLoading, showMore, rename, remove };
}

export const pathOf = (conversationId: string) => `/conversations/${conversationId}`;
