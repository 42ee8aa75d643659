import { StoredMarkdown } from "@/components/markdown/stored-markdown";
import type { StoredMessage } from "@/lib/conversations/schema";
import { CopyAnswer } from "./copy-answer";
import { Ending } from "./ending";
import { Answer, Question } from "./message";
import type { DrawnMessage } from "./messages-shown";

/** Messages read from the database, drawn on the server. An answer being written is the live thread's. */
export const drawStored = (conversationId: string, messages: readonly StoredMessage[]): DrawnMessage[] =>
  messages.map((message) => ({
    id: message.id,
    drawn:
      message.author === "agent" ? (
        <Question text={textOf(message, "text")} />
      ) : (
        <StoredAnswer conversationId={conversationId} message={message} />
      ),
  }));

function StoredAnswer({ conversationId, message }: { conversationId: string; message: StoredMessage }) {
  const text = textOf(message, "text");
  const { turn } = message;
  return (
    <Answer
      reasoning={textOf(message, "reasoning")}
      modelLabel={turn?.modelLabel}
      actions={text !== "" && <CopyAnswer markdown={text} />}
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
