import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { showToast } from "@/components/ui/toast";
import {
  deleteConversationAction,
  listConversationsAction,
  renameConversationAction,
  restoreConversationAction,
} from "@/lib/conversations/actions";
import { UNDO_SECONDS, withFirstPage } from "@/lib/conversations/rules";
import type { ConversationPage, ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";

/** The list as it is shown: the first page follows the server, older ones are kept, changes show before they are saved. */
export function useConversations(firstPage: ConversationPage) {
  const t = useTranslations("conversations");
  const errors = useTranslations("errors");
  const router = useRouter();
  const pathname = usePathname();
  const [seen, setSeen] = useState(firstPage);
  const [known, setKnown] = useState(firstPage.conversations);
  const [cursor, setCursor] = useState(firstPage.nextCursor);
  const [removedIds, setRemovedIds] = useState<readonly string[]>([]);
  const [isLoading, startLoading] = useTransition();

  if (seen !== firstPage) {
    setSeen(firstPage);
    setKnown(withFirstPage(known, firstPage));
    if (!firstPage.nextCursor || !cursor) setCursor(firstPage.nextCursor);
  }

  const say = (code: ErrorCode) => showToast({ tone: "danger", text: errors(code) });
  const setTitle = (id: string, title: string) =>
    setKnown((all) => all.map((one) => (one.id === id ? { ...one, title } : one)));
  const showAgain = (id: string) => setRemovedIds((ids) => ids.filter((removed) => removed !== id));

  const showMore = () =>
    startLoading(async () => {
      if (!cursor) return;
      const result = await listConversationsAction({ cursor }).catch(unanswered);
      if (!result.ok) return void say(result.code);
      const { conversations, nextCursor } = result.data;
      setKnown((all) => [...all, ...conversations.filter(({ id }) => !all.some((one) => one.id === id))]);
      setCursor(nextCursor);
    });

  const rename = async (id: string, title: string): Promise<ErrorCode | null> => {
    const result = await renameConversationAction({ id, title }).catch(unanswered);
    if (!result.ok) return result.code;
    setTitle(id, title);
    return null;
  };

  const restore = async ({ id }: ConversationSummary, wasOpen: boolean) => {
    const result = await restoreConversationAction({ id }).catch(unanswered);
    if (!result.ok) return void say(result.code);
    showAgain(id);
    if (wasOpen) router.push(pathOf(id));
  };

  const remove = async (conversation: ConversationSummary) => {
    const { id, title } = conversation;
    const isOpen = pathname === pathOf(id);
    setRemovedIds((ids) => [...ids, id]);
    if (isOpen) router.push("/"); // before it is gone, so that its page is not shown as missing
    const result = await deleteConversationAction({ id }).catch(unanswered);
    if (!result.ok) {
      showAgain(id);
      return void say(result.code);
    }
    showToast({
      text: t("deleted", { title }),
      seconds: UNDO_SECONDS,
      action: { label: t("undo"), run: () => void restore(conversation, isOpen) },
    });
  };

  return {
    conversations: known.filter(({ id }) => !removedIds.includes(id)),
    hasMore: cursor !== null,
    isLoading,
    showMore,
    rename,
    remove,
  };
}

export const pathOf = (conversationId: string) => `/conversations/${conversationId}`;
