import { notFound, redirect } from "next/navigation";
import { actorOrSignIn } from "@/lib/auth/actor";
import { showMessage } from "@/lib/conversations/mutations";
import { messageInput } from "@/lib/conversations/schema";
import { toErrorCode } from "@/lib/errors/app-error";
import { historyQueryText } from "@/lib/history/schema";

type Props = {
  params: Promise<{ id: string; messageId: string }>;
  searchParams: Promise<{ q?: string | string[] }>;
};

/**
 * Where a search leads: the branch of the message becomes the one that is shown, then the conversation opens at it. An address of
 * its own, so that the conversation's own can be read again without changing the branch.
 */
export default async function Page({ params, searchParams }: Props) {
  const actor = await actorOrSignIn();
  const { id, messageId } = await params;
  const place = messageInput.safeParse({ conversationId: id, messageId });
  if (!place.success) notFound();
  try {
    await showMessage(actor, place.data);
  } catch (error) {
    // Deleted since it was found: the conversation says what is left of it.
    if (toErrorCode(error) === "message_not_found") redirect(`/conversations/${place.data.conversationId}`);
    throw error;
  }
  const { conversationId, messageId: at } = place.data;
  const parameters = new URLSearchParams({ m: at, q: historyQueryText.parse((await searchParams).q) });
  redirect(`/conversations/${conversationId}?${parameters}`);
}
