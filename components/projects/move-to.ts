import { announcePlaces } from "@/components/conversations/returned";
import { showToast } from "@/components/ui/toast";
import { UNDO_SECONDS } from "@/lib/conversations/rules";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { moveConversationsAction } from "@/lib/projects/actions";

type Sentences = {
  already: () => string;
  done: (count: number, title: string) => string;
  undo: string;
  refused: (code: ErrorCode) => string;
};

/**
 * Shows them in their new place at once, says it, and offers to undo it. What the server refuses goes back, and the projects are
 * read again by `refresh`.
 */
export async function moveTo(
  conversations: readonly ConversationSummary[],
  to: string | null,
  say: Sentences,
  refresh: () => void,
): Promise<void> {
  const moved = conversations.filter(({ projectId }) => projectId !== to);
  if (moved.length === 0) return void showToast({ text: say.already() });

  const put = async (placed: readonly ConversationSummary[], back: readonly ConversationSummary[]) => {
    announcePlaces(placed);
    const projectId = placed[0]?.projectId ?? null;
    const result = await moveConversationsAction({ ids: placed.map(({ id }) => id), projectId }).catch(unanswered);
    if (result.ok) return true;
    announcePlaces(back);
    showToast({ tone: "danger", text: say.refused(result.code) });
    refresh();
    return false;
  };
  const undo = async () => {
    for (const from of new Set(moved.map(({ projectId }) => projectId))) {
      const back = moved.filter(({ projectId }) => projectId === from);
      await put(
        back,
        back.map((one) => ({ ...one, projectId: to })),
      );
    }
  };

  const placed = moved.map((one) => ({ ...one, projectId: to }));
  if (!(await put(placed, moved))) return;
  showToast({
    text: say.done(moved.length, moved[0]?.title ?? ""),
    seconds: UNDO_SECONDS,
    action: { label: say.undo, run: () => void undo() },
  });
}
