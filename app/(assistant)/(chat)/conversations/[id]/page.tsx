import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ContextGauge } from "@/components/assistant/context-gauge";
import { FoundPlace } from "@/components/assistant/found-place";
import { LiveThread } from "@/components/assistant/live-thread";
import { MessageList } from "@/components/assistant/message-list";
import { QueueList } from "@/components/assistant/queue-list";
import { SeenMark } from "@/components/assistant/seen-mark";
import { drawStored } from "@/components/assistant/stored-messages";
import { StoredWebMode } from "@/components/assistant/stored-web-mode";
import { KeptNotice } from "@/components/conversations/kept-notice";
import { PageTitle } from "@/components/layout/page-title";
import { ProjectHeading } from "@/components/projects/project-heading";
import { TemporaryBanner } from "@/components/temporary/temporary-banner";
import { budgetFor } from "@/lib/assistant/budget";
import { fillAfter } from "@/lib/assistant/context";
import { actorOrSignIn } from "@/lib/auth/actor";
import { getConversation, listLatestAnswerIds, listLatestMessages } from "@/lib/conversations/queries";
import { conversationId, messageId } from "@/lib/conversations/schema";
import { listAttachedFiles } from "@/lib/documents/queries";
import { env } from "@/lib/env";
import { toErrorCode } from "@/lib/errors/app-error";
import { listFeedback } from "@/lib/feedback/queries";
import { historyQueryText } from "@/lib/history/schema";
import { getModelId } from "@/lib/preferences/queries";
import { listQueuedQuestions } from "@/lib/queue/queries";
import { leavesAt } from "@/lib/trash/rules";
import { showEarlierMessages } from "./actions";

/** `m` and `q`: where a search leads. */
type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ m?: string | string[]; q?: string | string[] }>;
};

/** The same page for one that does not exist and one that is someone else's. */
async function readConversation(id: string, at: string | undefined) {
  const actor = await actorOrSignIn();
  if (!conversationId.safeParse(id).success) notFound();
  try {
    const [conversation, messages, latestAnswerIds, queued, feedback, documents, modelId] = await Promise.all([
      getConversation(actor, id),
      listLatestMessages(actor, id, at),
      listLatestAnswerIds(actor, id),
      listQueuedQuestions(actor, id),
      listFeedback(actor, id),
      listAttachedFiles(actor, id),
      getModelId(actor),
    ]);
    return { actor, conversation, messages, latestAnswerIds, queued, feedback, documents, modelId };
  } catch (error) {
    if (toErrorCode(error) === "conversation_not_found") notFound();
    throw error;
  }
}

export default async function ConversationPage({ params, searchParams }: Props) {
  const { m, q } = await searchParams;
  const at = messageId.safeParse(m).data;
  const [t, read] = await Promise.all([getTranslations("temporary"), readConversation((await params).id, at)]);
  const { actor, conversation, messages, latestAnswerIds, queued, feedback, documents, modelId } = read;
  const title = conversation.endsAt ? t("title") : conversation.title;
  const place = messages.some(({ id }) => id === at) && at ? { messageId: at, query: historyQueryText.parse(q) } : null;
  const running = messages.find(({ turn }) => turn?.status === "running");
  const stored = messages.filter((message) => message !== running);
  const leaving = leavesAt(conversation, env().RETENTION_MONTHS);
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <h1 className="sr-only print:not-sr-only print:mb-6 print:text-2xl print:font-semibold">{title}</h1>
      {conversation.endsAt && (
        <TemporaryBanner
          key={`temporary-${conversation.id}`}
          agentId={actor.agentId}
          conversationId={conversation.id}
          endsAt={conversation.endsAt}
        />
      )}
      {conversation.project && <ProjectHeading project={conversation.project} />}
      <FoundPlace key={`found-${conversation.id}`} conversationId={conversation.id} place={place} />
      <div className="flex flex-col gap-8">
        <MessageList
          key={conversation.id}
          conversationId={conversation.id}
          latest={drawStored(conversation.id, stored, {
            feedback,
            documents,
            isTemporary: conversation.endsAt !== null,
            canShare: env().SHARING,
            isAnswering: running !== undefined,
          })}
          hasEarlier={stored[0] !== undefined && stored[0].parentId !== null}
          showEarlier={showEarlierMessages}
        />
        <LiveThread
          key={`live-${conversation.id}`}
          conversationId={conversation.id}
          storedIds={stored.map(({ id }) => id)}
          otherBranchIds={latestAnswerIds.filter((id) => !messages.some((message) => message.id === id))}
          runningAnswerId={running?.id ?? null}
          opensElsewhere={place !== null}
          isAnswered={stored.at(-1)?.turn?.status === "completed"}
        />
        <ContextGauge {...fillAfter(stored, budgetFor(modelId))} />
      </div>
      {(conversation.isArchived || leaving) && <KeptNotice id={conversation.id} leavesAt={leaving} />}
      <QueueList conversationId={conversation.id} questions={queued} isAnswering={running !== undefined} />
      <StoredWebMode conversationId={conversation.id} mode={conversation.webMode} />
      {conversation.hasUnseenAnswer && <SeenMark conversationId={conversation.id} />}
    </>
  );
}
