import { notFound } from "next/navigation";
import { ContextGauge } from "@/components/assistant/context-gauge";
import { LiveThread } from "@/components/assistant/live-thread";
import { MessageList } from "@/components/assistant/message-list";
import { QueueList } from "@/components/assistant/queue-list";
import { SeenMark } from "@/components/assistant/seen-mark";
import { drawStored } from "@/components/assistant/stored-messages";
import { PageTitle } from "@/components/layout/page-title";
import { budgetFor } from "@/lib/assistant/budget";
import { fillAfter } from "@/lib/assistant/context";
import { actorOrSignIn } from "@/lib/auth/actor";
import { getConversation, listLatestAnswerIds, listLatestMessages } from "@/lib/conversations/queries";
import { conversationId } from "@/lib/conversations/schema";
import { listAttachedFiles } from "@/lib/documents/queries";
import { toErrorCode } from "@/lib/errors/app-error";
import { listFeedback } from "@/lib/feedback/queries";
import { getModelId } from "@/lib/preferences/queries";
import { listQueuedQuestions } from "@/lib/queue/queries";
import { showEarlierMessages } from "./actions";

type Props = { params: Promise<{ id: string }> };

/** The same page for one that does not exist and one that is someone else's. */
async function readConversation(id: string) {
  const actor = await actorOrSignIn();
  if (!conversationId.safeParse(id).success) notFound();
  try {
    const [conversation, messages, latestAnswerIds, queued, feedback, documents, modelId] = await Promise.all([
      getConversation(actor, id),
      listLatestMessages(actor, id),
      listLatestAnswerIds(actor, id),
      listQueuedQuestions(actor, id),
      listFeedback(actor, id),
      listAttachedFiles(actor, id),
      getModelId(actor),
    ]);
    return { conversation, messages, latestAnswerIds, queued, feedback, documents, modelId };
  } catch (error) {
    if (toErrorCode(error) === "conversation_not_found") notFound();
    throw error;
  }
}

export default async function ConversationPage({ params }: Props) {
  const { conversation, messages, latestAnswerIds, queued, feedback, documents, modelId } = await readConversation(
    (await params).id,
  );
  const running = messages.find(({ turn }) => turn?.status === "running");
  const stored = messages.filter((message) => message !== running);
  return (
    <>
      <PageTitle>{conversation.title}</PageTitle>
      <h1 className="sr-only print:not-sr-only print:mb-6 print:text-2xl print:font-semibold">{conversation.title}</h1>
      <div className="flex flex-col gap-8">
        <MessageList
          key={conversation.id}
          conversationId={conversation.id}
          latest={drawStored(conversation.id, stored, { feedback, documents, isAnswering: running !== undefined })}
          hasEarlier={stored[0] !== undefined && stored[0].parentId !== null}
          showEarlier={showEarlierMessages}
        />
        <LiveThread
          key={`live-${conversation.id}`}
          conversationId={conversation.id}
          storedIds={stored.map(({ id }) => id)}
          otherBranchIds={latestAnswerIds.filter((id) => !messages.some((message) => message.id === id))}
          runningAnswerId={running?.id ?? null}
          isAnswered={stored.at(-1)?.turn?.status === "completed"}
        />
        <ContextGauge {...fillAfter(stored, budgetFor(modelId))} />
      </div>
      <QueueList conversationId={conversation.id} questions={queued} isAnswering={running !== undefined} />
      {conversation.hasUnseenAnswer && <SeenMark conversationId={conversation.id} />}
    </>
  );
}
