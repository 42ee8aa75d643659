import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LiveThread } from "@/components/assistant/live-thread";
import { MessageList } from "@/components/assistant/message-list";
import { drawStored } from "@/components/assistant/stored-messages";
import { actorOrSignIn } from "@/lib/auth/actor";
import { getConversation, listLatestMessages } from "@/lib/conversations/queries";
import { conversationId } from "@/lib/conversations/schema";
import { toErrorCode } from "@/lib/errors/app-error";
import { showEarlierMessages } from "./actions";

type Props = { params: Promise<{ id: string }> };

/** The same page for one that does not exist and one that is someone else's. */
const readConversation = cache(async (id: string) => {
  const actor = await actorOrSignIn();
  if (!conversationId.safeParse(id).success) notFound();
  try {
    const [conversation, messages] = await Promise.all([getConversation(actor, id), listLatestMessages(actor, id)]);
    return { conversation, messages };
  } catch (error) {
    if (toErrorCode(error) === "conversation_not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { conversation } = await readConversation((await params).id);
  return { title: conversation.title };
}

export default async function ConversationPage({ params }: Props) {
  const { conversation, messages } = await readConversation((await params).id);
  const running = messages.find(({ turn }) => turn?.status === "running");
  const stored = messages.filter((message) => message !== running);
  return (
    <>
      <h1 className="sr-only print:not-sr-only print:mb-6 print:text-2xl print:font-semibold">{conversation.title}</h1>
      <div className="flex flex-col gap-8">
        <MessageList
          key={conversation.id}
          conversationId={conversation.id}
          latest={drawStored(conversation.id, stored)}
          hasEarlier={stored[0] !== undefined && stored[0].parentId !== null}
          showEarlier={showEarlierMessages}
        />
        <LiveThread
          key={`live-${conversation.id}`}
          conversationId={conversation.id}
          storedIds={stored.map(({ id }) => id)}
          runningQuestionId={running?.parentId ?? null}
          isAnswered={stored.at(-1)?.turn?.status === "completed"}
        />
      </div>
    </>
  );
}
