"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { Spinner } from "@/components/ui/spinner";
import { showToast } from "@/components/ui/toast";
import { newId } from "@/lib/id";
import { CopyAnswer } from "./copy-answer";
import { Ending } from "./ending";
import { FollowUps } from "./follow-ups";
import { ask, attach, forgetStored, type LiveTurn, liveTurns } from "./live-turns";
import { Answer, Question } from "./message";
import { useFollowEnd } from "./use-follow-end";

const LiveMarkdown = lazy(async () => ({
  default: (await import("@/components/markdown/live-markdown")).LiveMarkdown,
}));

const ASK_AGAIN_MS = 4000;

type LiveThreadProps = {
  conversationId: string;
  /** The messages that the server has drawn above, running answers apart. */
  storedIds: string[];
  /** The question being answered when the page was made. */
  runningQuestionId: string | null;
  /** The last message that the server has drawn is an answer that is complete. */
  isAnswered?: boolean;
};

/** What this tab asked or follows, under what the server drew. A message is never shown by both. */
export function LiveThread({ conversationId, storedIds, runningQuestionId, isAnswered = false }: LiveThreadProps) {
  const router = useRouter();
  const turns = useSyncExternalStore(liveTurns.subscribe, liveTurns.current, liveTurns.onServer);
  const mine = turns.filter((turn) => turn.conversationId === conversationId && !isStored(turn, storedIds));
  const end = useFollowEnd(conversationId);
  const followUp = useFollowUp(conversationId);
  const last = mine.at(-1);
  const canFollowUp = last ? last.end?.status === "completed" : isAnswered && runningQuestionId === null;

  useEffect(() => forgetStored(storedIds), [storedIds]);

  useEffect(() => {
    if (!runningQuestionId) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void attach(conversationId, runningQuestionId).then((isRunning) => {
      // Its process may have died: the server will say so once it has noticed.
      timer = setTimeout(() => router.refresh(), isRunning ? 0 : ASK_AGAIN_MS);
    });
    return () => clearTimeout(timer);
  }, [conversationId, runningQuestionId, router]);

  return (
    <div ref={end} className="flex flex-col gap-8">
      {mine.map((turn) => (
        <LiveExchange key={turn.questionId} turn={turn} isQuestionStored={storedIds.includes(turn.questionId)} />
      ))}
      {canFollowUp && <FollowUps onAsk={followUp} />}
    </div>
  );
}

function useFollowUp(conversationId: string): (question: string) => Promise<void> {
  const t = useTranslations("assistant");
  const errors = useTranslations("errors");
  return async (text) => {
    const acceptance = await ask({ kind: "ask", conversationId, isNew: false, questionId: newId(), text });
    if (acceptance.accepted) return;
    showToast({ tone: "danger", text: acceptance.code === "network" ? t("network") : errors(acceptance.code) });
  };
}

const isStored = ({ state, turn }: LiveTurn, storedIds: string[]): boolean =>
  state === "ended" && turn !== null && storedIds.includes(turn.answerId);

function LiveExchange({ turn, isQuestionStored }: { turn: LiveTurn; isQuestionStored: boolean }) {
  const t = useTranslations("assistant");
  const isWriting = turn.state === "sending" || turn.state === "running";
  const text = textOf(turn, "text");
  const reasoning = textOf(turn, "reasoning");
  const canCopy = turn.state === "ended" && text !== "";
  return (
    <>
      {turn.question !== null && !isQuestionStored && <Question text={turn.question} />}
      <Answer
        isWriting={isWriting}
        reasoning={reasoning}
        modelLabel={turn.state === "ended" ? turn.turn?.modelLabel : undefined}
        actions={canCopy && <CopyAnswer markdown={text} />}
      >
        {text !== "" && (
          <div className="md wrap-anywhere">
            <Suspense fallback={null}>
              <LiveMarkdown messageId={turn.turn?.answerId ?? turn.questionId} ended={!isWriting}>
                {text}
              </LiveMarkdown>
            </Suspense>
          </div>
        )}
        {isWriting && text === "" && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner /> {t(reasoning ? "thinking" : "waiting")}
          </p>
        )}
        {(turn.end || turn.state === "lost") && (
          <Ending
            conversationId={turn.conversationId}
            questionId={turn.questionId}
            status={turn.end?.status ?? "lost"}
            failureCode={turn.end?.code}
            isNew
          />
        )}
      </Answer>
    </>
  );
}

const textOf = ({ parts }: LiveTurn, type: "text" | "reasoning"): string =>
  parts
    .filter((part) => part.type === type)
    .map((part) => part.text)
    .join("\n\n");
