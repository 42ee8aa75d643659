import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { asEachMember, asMember, type Transaction } from "@/db/client";
import { conversations, messages, summaries, turns } from "@/db/schema/conversations";
import type { Summary } from "@/lib/assistant/context";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Co2, MessagePart, TurnStatus } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { indexTurns, writeEntries } from "@/lib/history-index/mutations";
import { answerEntry, questionEntry, SEARCH_VERSION, titleEntry } from "@/lib/history-index/rules";
import { hasQueuedQuestion } from "@/lib/queue/queries";

/** What an answer holds so far. */
export type AnswerContent = { parts: MessagePart[]; text: string };

export type Progress = { ownerId: string; turn: TurnMetadata; content: AnswerContent | null };

/**
 * Saves answers being written, and says that their process lives; nothing to save: only that. Does nothing to a turn that
 * has ended. All of them or none.
 */
export const saveProgress = (progress: readonly Progress[]): Promise<void> =>
  asEachMember(progress.map((each) => ({ actorId: each.ownerId, statement: progressStatement(each) })));

function progressStatement({ ownerId, turn, content }: Progress): SQL {
  const alive = sql`update ${turns} set heartbeat_at = now()
    where ${turns.ownerId} = ${ownerId} and ${turns.id} = ${turn.turnId} and ${turns.status} = 'running'`;
  if (!content) return alive;
  return sql`with alive as (${alive} returning ${turns.answerId} as answer_id)
    update ${messages} set parts = ${JSON.stringify(content.parts)}::jsonb, text = ${content.text}
    from alive where ${messages.ownerId} = ${ownerId} and ${messages.id} = alive.answer_id`;
}

export type TurnEnd = {
  status: Exclude<TurnStatus, "running">;
  failureCode?: ErrorCode | undefined;
  /** The model that said it; absent when none said a word. */
  answeredBy?: { modelId: string; label: string; hostingLabel: string; isFallback: boolean } | undefined;
  isTruncated?: boolean | undefined;
  firstTokenAt?: Date | undefined;
  co2?: Co2 | null | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
};

/**
 * For the one caller that ends the turn, whether a question waits for it to end; the answer is saved with it. Null: someone
 * else ended it, and the answer is left as it is.
 */
export async function endTurn(
  ownerId: string,
  turn: TurnMetadata,
  end: TurnEnd,
  content: AnswerContent,
): Promise<{ isNextWaiting: boolean } | null> {
  return asMember(ownerId, async (tx) => {
    const ended = await tx
      .update(turns)
      .set({
        status: end.status,
        failureCode: end.failureCode ?? null,
        isTruncated: end.isTruncated ?? false,
        firstTokenAt: end.firstTokenAt ?? null,
        co2GramsMin: end.co2?.gramsMin ?? null,
        co2GramsMax: end.co2?.gramsMax ?? null,
        co2Source: end.co2?.source ?? null,
        ...whoAnswered(end),
        inputTokens: end.inputTokens ?? null,
        outputTokens: end.outputTokens ?? null,
        endedAt: sql`now()`,
        searchVersion: SEARCH_VERSION,
      })
      .where(and(eq(turns.ownerId, ownerId), eq(turns.id, turn.turnId), eq(turns.status, "running")))
      .returning(searched);
    const [found] = ended;
    if (!found) return null;
    const [, , isNextWaiting] = await Promise.all([
      saveAnswer(tx, ownerId, turn.answerId, content),
      tx
        .update(conversations)
        .set({ usedAt: sql`now()`, hasUnseenAnswer: true })
        .where(and(eq(conversations.ownerId, ownerId), eq(conversations.id, turn.conversationId))),
      // After the update above, which waits for a question that is being put in the queue.
      hasQueuedQuestion(tx, ownerId, turn.conversationId),
      // After it too: whoever gives a title holds the conversation, then its entry.
      found.isTemporary ||
        writeEntries(tx, [
          titleEntry(turn.conversationId, found.title),
          questionEntry(turn.questionId, found.question, found.documentNames),
          answerEntry(turn.answerId, content.parts),
        ]),
    ]);
    return { isNextWaiting };
  });
}

/** Keeps the whole text of a turn that another process took for dead, when more is known of it than was stored. */
export async function saveAfterInterruption(
  ownerId: string,
  turn: TurnMetadata,
  content: AnswerContent,
): Promise<void> {
  await asMember(ownerId, async (tx) => {
    const saved = await tx
      .update(messages)
      .set({ parts: content.parts, text: content.text })
      .from(turns)
      .where(
        and(
          eq(turns.ownerId, ownerId),
          eq(turns.id, turn.turnId),
          eq(turns.status, "interrupted"),
          eq(messages.ownerId, ownerId),
          eq(messages.id, turns.answerId),
          sql`length(${messages.text}) < length(${content.text})`,
        ),
      )
      .returning({ id: messages.id });
    if (saved.length > 0) await indexTurns(tx, ownerId, [turn.turnId]);
  });
}

/** What is indexed with the answer, read on the way. Names written out: drizzle would drop those of the tables. */
const searched = {
  isTemporary: sql<boolean>`exists (select from conversations where id = turns.conversation_id and owner_id = turns.owner_id
    and expires_at is not null)`,
  title: sql<string>`(select title from conversations where id = turns.conversation_id and owner_id = turns.owner_id)`,
  question: sql<string>`(select text from messages where id = turns.question_id and owner_id = turns.owner_id)`,
  documentNames: sql<string[]>`(select coalesce(json_agg(document.name order by attached.position), '[]')
    from message_documents attached join documents document on document.id = attached.document_id
    where attached.message_id = turns.question_id and attached.owner_id = turns.owner_id)`,
};

const whoAnswered = ({ answeredBy }: TurnEnd) =>
  answeredBy && {
    modelId: answeredBy.modelId,
    modelLabel: answeredBy.label,
    hostingLabel: answeredBy.hostingLabel,
    // The column is read before it is set: it still holds the model that was asked for.
    requestedModelId: answeredBy.isFallback ? sql`model_id` : null,
  };

async function saveAnswer(tx: Transaction, ownerId: string, answerId: string, content: AnswerContent): Promise<void> {
  await tx
    .update(messages)
    .set({ parts: content.parts, text: content.text })
    .where(and(eq(messages.ownerId, ownerId), eq(messages.id, answerId)));
}

/** Keeps what the messages up to `messageId` said in short. Two processes may find it at once: the first one counts. */
export async function saveSummary(
  ownerId: string,
  conversationId: string,
  { messageId, text }: Summary,
): Promise<void> {
  await asMember(ownerId, (tx) =>
    tx.insert(summaries).values({ messageId, conversationId, ownerId, text }).onConflictDoNothing(),
  );
}
