import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { showToast } from "@/components/ui/toast";
import { usePagedList } from "@/components/ui/use-paged-list";
import {
  archiveConversationsAction,
  deleteConversationsAction,
  pinConversationAction,
  renameConversationAction,
  restoreConversationsAction,
  unarchiveConversationsAction,
} from "@/lib/conversations/actions";
import { UNDO_SECONDS } from "@/lib/conversations/rules";
import type { ConversationLists, ConversationPage, ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import type { ActionResult } from "@/lib/http/attempt";
import { onPlaces } from "./returned";

/** What leaves the list for a place from which it can be taken back. */
const LEAVES = {
  archived: { leave: archiveConversationsAction, comeBack: unarchiveConversationsAction },
  deleted: { leave: deleteConversationsAction, comeBack: restoreConversationsAction },
} as const;

/** What can be done of the conversations that are listed; the same object from one drawing to the next. */
export type ConversationActs = {
  rename: (id: string, title: string) => Promise<ErrorCode | null>;
  pin: (conversation: ConversationSummary, isPinned: boolean) => Promise<void>;
  /** Takes them out of the list at once, and offers to undo it. */
  archive: (conversations: readonly ConversationSummary[]) => Promise<void>;
  remove: (conversations: readonly ConversationSummary[]) => Promise<void>;
};

type Listing = {
  loadMore: (cursor: string) => Promise<ActionResult<ConversationPage>>;
  /** Whether one has its place on the pages of the list. */
  isListed: (conversation: ConversationSummary) => boolean;
};

/** The conversations as they are listed, and what can be done of them. */
export function useConversations(lists: ConversationLists, { loadMore, isListed }: Listing) {
  const t = useTranslations("conversations");
  const router = useRouter();
  const pathname = usePathname();
  const { items, hide, showAgain, forget, put, change, sayRefused, hasMore, isLoading, showMore } =
    usePagedList<ConversationSummary>({
      firstPage: { items: lists.conversations, nextCursor: lists.nextCursor },
      momentOf: ({ usedAt }) => usedAt,
      loadMore: async (cursor) => {
        const result = await loadMore(cursor);
        if (!result.ok) return result;
        return { ok: true, data: { items: result.data.conversations, nextCursor: result.data.nextCursor } };
      },
    });
  const pins = usePagedList<ConversationSummary>({
    firstPage: { items: lists.pinned, nextCursor: null },
    momentOf: ({ usedAt }) => usedAt,
    loadMore: async () => ({ ok: true, data: { items: [], nextCursor: null } }),
  });
  const pinned = pins.items;
  const conversations = useMemo(() => {
    const ids = new Set(pinned.map(({ id }) => id));
    return items.filter(({ id }) => !ids.has(id));
  }, [items, pinned]);

  const place = (placed: readonly ConversationSummary[]) => {
    put(...placed.filter(isListed));
    forget(...placed.filter((one) => !isListed(one)).map(({ id }) => id));
    for (const { id, projectId } of placed) pins.change(id, { projectId });
  };
  const latest = useRef({ put, place, sayRefused });
  useEffect(() => {
    latest.current = { put, place, sayRefused };
  });
  useEffect(() => onPlaces((placed) => latest.current.place(placed)), []);

  const leave = async (kind: keyof typeof LEAVES, gone: readonly ConversationSummary[]) => {
    const ids = gone.map(({ id }) => id);
    const open = gone.find(({ id }) => pathname === pathOf(id));
    const each = [{ hide, showAgain, forget }, pins];
    for (const list of each) list.hide(...ids);
    // Before it is gone, so that its page is not shown as missing.
    if (open && kind === "deleted") router.push("/");
    const result = await LEAVES[kind].leave({ ids }).catch(unanswered);
    if (!result.ok) {
      for (const list of each) list.showAgain(...ids);
      return void sayRefused(result.code);
    }
    for (const list of each) list.forget(...ids);
    const comeBack = async () => {
      const undone = await LEAVES[kind].comeBack({ ids: result.data.ids }).catch(unanswered);
      if (!undone.ok) return void latest.current.sayRefused(undone.code);
      latest.current.put(...gone.filter((one) => isListed(one) && undone.data.ids.includes(one.id)));
      if (open && kind === "deleted") router.push(pathOf(open.id));
    };
    showToast({
      text: t(kind, { count: gone.length, title: gone[0]?.title ?? "" }),
      seconds: UNDO_SECONDS,
      action: { label: t("undo"), run: () => void comeBack() },
    });
  };

  const acts = useSame<ConversationActs>({
    rename: async (id, title) => {
      const result = await renameConversationAction({ id, title }).catch(unanswered);
      if (!result.ok) return result.code;
      change(id, { title });
      pins.change(id, { title });
      return null;
    },
    pin: async (conversation, isPinned) => {
      const result = await pinConversationAction({ id: conversation.id, isPinned }).catch(unanswered);
      if (!result.ok) return void sayRefused(result.code, "details" in result ? result.details : undefined);
      const changed = { ...conversation, isPinned };
      if (isListed(changed)) put(changed);
    },
    archive: (gone) => leave("archived", gone),
    remove: (gone) => leave("deleted", gone),
  });

  return { pinned, conversations, hasMore, isLoading, showMore, acts };
}

/** The same functions from one drawing to the next, which do as those of the latest: what is given them need not be drawn again. */
function useSame<T extends Record<string, (...given: never[]) => unknown>>(functions: T): T {
  const latest = useRef(functions);
  useEffect(() => {
    latest.current = functions;
  });
  return useMemo(() => {
    const call =
      (name: string) =>
      (...given: never[]) =>
        latest.current[name as keyof T]?.(...given);
    return Object.fromEntries(Object.keys(latest.current).map((name) => [name, call(name)])) as T;
  }, []);
}

export const pathOf = (conversationId: string) => `/conversations/${conversationId}`;
