import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ContextGauge } from "@/components/assistant/context-gauge";
import { LiveThread } from "@/components/assistant/live-thread";
import { QueueList } from "@/components/assistant/queue-list";
import { SeenMark } from "@/components/assistant/seen-mark";
import { StoredMessages } from "@/components/assistant/stored-messages";
import { budgetFor } from "@/lib/assistant/budget";
import { contextFill } from "@/lib/assistant/context";
import { listSummaries } from "@/lib/assistant/queries";
import { actorOrSignIn } from "@/lib/auth/actor";
import { getConversation, listShownMessages } from "@/lib/conversations/queries";
import { conversationId } from "@/lib/conversations/schema";
import { toErrorCode } from "@/lib/errors/app-error";
import { listFeedback } from "@/lib/feedback/queries";
import { getModelId } from "@/lib/preferences/queries";
import { listQueuedQuestions } from "@/lib/queue/queries";

type Props = { params: Promise<{ id: string }> };

/** The same page for one that does not exist and one that is someone else's. */
const readConversation = cache(async (id: string) => {
  const actor = await actorOrSignIn();
  if (!conversationId.safeParse(id).success) notFound();
  try {
    const [conversation, messages, queued, feedback, summaries, modelId] = await Promise.all([
      getConversation(actor, id),
      listShownMessages(actor, id),
      listQueuedQuestions(actor, id),
      listFeedback(actor, id),
      listSummaries(actor, id),
      getModelId(actor),
    ]);
    return { conversation, messages, queued, feedback, summaries, modelId };
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
  const { conversation, messages, queued, feedback, summaries, modelId } = await readConversation((await params).id);
  const running = messages.find(({ turn }) => turn?.status === "running");
  const stored = messages.filter((message) => message !== running);
  return (
    <>
      <h1 className="sr-only">{conversation.title}</h1>
      <div className="flex flex-col gap-8">
        <StoredMessages
          conversationId={conversation.id}
          messages={stored}
          feedback={feedback}
          isAnswering={running !== undefined}
        />
        <LiveThread
          key={conversation.id}
          conversationId={conversation.id}
          storedIds={stored.map(({ id }) => id)}
          runningAnswerId={running?.id ?? null}
        />
        <ContextGauge {...contextFill(messages, summaries, budgetFor(modelId))} />
      </div>
      <QueueList conversationId={conversation.id} questions={queued} isAnswering={running !== undefined} />
      {conversation.hasUnseenAnswer && <SeenMark conversationId={conversation.id} />}
    </>
  );
}
