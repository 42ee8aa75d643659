import { StoredMarkdown } from "@/components/markdown/stored-markdown";
import { textWithMarkers } from "@/components/markdown/text-with-markers";
import { plainText, sourcesIn } from "@/lib/conversations/rules";
import type { StoredMessage } from "@/lib/conversations/schema";
import type { AttachedFile } from "@/lib/documents/schema";
import type { Feedback as Opinion } from "@/lib/feedback/schema";
import { AnswerActions } from "./answer-actions";
import { BranchNav } from "./branch-nav";
import { CopyAnswer } from "./copy-answer";
import { EditableQuestion } from "./editable-question";
import { Ending } from "./ending";
import { Feedback } from "./feedback";
import { Answer } from "./message";
import type { DrawnMessage } from "./messages-shown";

const noDocuments: AttachedFile[] = [];

type DrawOptions = {
  /** By answer. */
  feedback: Record<string, Opinion>;
  /** By question. */
  documents: Record<string, AttachedFile[]>;
  /** What is temporary is neither judged, nor shared, nor copied. */
  isTemporary: boolean;
  /** Conversations can be shared by a link. */
  canShare: boolean;
  /** An answer to the last question is being written, below. Absent when these messages are not the last ones. */
  isAnswering?: boolean;
};

/** Messages read from the database, drawn on the server. An answer being written is the live thread's. */
export function drawStored(
  conversationId: string,
  messages: readonly StoredMessage[],
  { feedback, documents, isTemporary, canShare, isAnswering }: DrawOptions,
): DrawnMessage[] {
  const lastAnswer = isAnswering === false ? messages.at(-1) : undefined;
  return messages.map((message) => ({
    id: message.id,
    drawn:
      message.author === "agent" ? (
        <EditableQuestion
          conversationId={conversationId}
          messageId={message.id}
          text={plainText(message.parts)}
          documents={documents[message.id] ?? noDocuments}
          siblings={message.siblings}
        />
      ) : (
        <StoredAnswer
          conversationId={conversationId}
          message={message}
          isTemporary={isTemporary}
          canShare={canShare}
          isLast={message === lastAnswer}
          opinion={feedback[message.id] ?? null}
        />
      ),
  }));
}

type StoredAnswerProps = {
  conversationId: string;
  message: StoredMessage;
  opinion: Opinion | null;
  isTemporary: boolean;
  canShare: boolean;
  isLast: boolean;
};

function StoredAnswer({ conversationId, message, opinion, isTemporary, canShare, isLast }: StoredAnswerProps) {
  const text = plainText(message.parts);
  const { id, turn, parentId, siblings } = message;
  return (
    <Answer
      answerId={id}
      parts={message.parts}
      provenance={turn ?? undefined}
      actions={
        <>
          {text !== "" && <CopyAnswer markdown={text} sources={sourcesIn(message.parts)} />}
          {parentId && (
            <AnswerActions
              conversationId={conversationId}
              questionId={parentId}
              answerId={id}
              canFork={!isTemporary}
              canShare={canShare && !isTemporary && turn?.status !== "running"}
            />
          )}
          <BranchNav conversationId={conversationId} messageId={id} siblings={siblings} />
          {text !== "" && !isTemporary && <Feedback answerId={id} opinion={opinion} />}
        </>
      }
    >
      {text !== "" && (
        <div className="md wrap-anywhere">
          <StoredMarkdown messageId={id}>{textWithMarkers(message.parts)}</StoredMarkdown>
        </div>
      )}
      {turn && parentId && (
        <Ending
          conversationId={conversationId}
          questionId={parentId}
          answerId={id}
          status={turn.status}
          failureCode={turn.failureCode}
          isTruncated={turn.isTruncated}
          hasText={text !== ""}
          isLast={isLast}
        />
      )}
    </Answer>
  );
}
