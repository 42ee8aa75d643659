import { StoredMarkdown } from "@/components/markdown/stored-markdown";
import type { StoredMessage } from "@/lib/conversations/schema";
import type { Feedback as Opinion } from "@/lib/feedback/schema";
import { CopyAnswer } from "./copy-answer";
import { Ending } from "./ending";
import { Feedback } from "./feedback";
import { Answer, Question } from "./message";

type StoredMessagesProps = {
  conversationId: string;
  messages: StoredMessage[];
  /** By answer. */
  feedback: Record<string, Opinion>;
};

/** Messages read from the database, drawn on the server. An answer being written is the live thread's. */
export function StoredMessages({ conversationId, messages, feedback }: StoredMessagesProps) {
  return messages.map((message) =>
    message.author === "agent" ? (
      <Question key={message.id} text={textOf(message, "text")} />
    ) : (
      <StoredAnswer
        key={message.id}
        conversationId={conversationId}
        message={message}
        opinion={feedback[message.id] ?? null}
      />
    ),
  );
}

type StoredAnswerProps = { conversationId: string; message: StoredMessage; opinion: Opinion | null };

function StoredAnswer({ conversationId, message, opinion }: StoredAnswerProps) {
  const text = textOf(message, "text");
  const { turn } = message;
  return (
    <Answer
      reasoning={textOf(message, "reasoning")}
      provenance={turn ?? undefined}
      actions={
        text !== "" && (
          <>
            <CopyAnswer markdown={text} />
            <Feedback answerId={message.id} opinion={opinion} />
          </>
        )
      }
    >
      {text !== "" && (
        <div className="md wrap-anywhere">
          <StoredMarkdown messageId={message.id}>{text}</StoredMarkdown>
        </div>
      )}
      {turn && message.parentId && (
        <Ending
          conversationId={conversationId}
          questionId={message.parentId}
          status={turn.status}
          failureCode={turn.failureCode}
        />
      )}
    </Answer>
  );
}

const textOf = ({ parts }: StoredMessage, type: "text" | "reasoning"): string =>
  parts
    .filter((part) => part.type === type)
    .map((part) => part.text)
    .join("\n\n");
