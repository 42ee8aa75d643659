"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { textWithMarkers } from "@/components/markdown/text-with-markers";
import { isTemporary } from "@/components/temporary/temporary-mode";
import { Spinner } from "@/components/ui/spinner";
import { showToast } from "@/components/ui/toast";
import { plainText, sourcesIn } from "@/lib/conversations/rules";
import type { MessagePart, Provenance } from "@/lib/conversations/schema";
import { newId } from "@/lib/id";
import { CopyAnswer } from "./copy-answer";
import { Ending, LostTurn } from "./ending";
import { Feedback } from "./feedback";
import { FollowUps } from "./follow-ups";
import { ask, attach, forgetStored, type LiveTurn, liveTurns } from "./live-turns";
import { Answer, Question } from "./message";
import { useFocusKept } from "./use-focus-kept";
import { useFollowEnd } from "./use-follow-end";
import { useRefresh } from "./use-refresh";
import { useRefusalSentence } from "./use-refusal-sentence";

const LiveMarkdown = lazy(async () => ({
  default: (await import("@/components/markdown/live-markdown")).LiveMarkdown,
}));

const none: string[] = [];
const ASK_AGAIN_MS = 4000;

type LiveThreadProps = {
  conversationId: string;
  /** The messages that the server has drawn above, running answers apart. */
  storedIds: string[];
  /** Recent answers that are on other branches than the one shown, running ones included. */
  otherBranchIds?: string[];
  /** The answer being written when the page was made. */
  runningAnswerId: string | null;
  /** The last message that the server has drawn is an answer that is complete. */
  isAnswered?: boolean;
  /** The conversation is opened at one of its messages, not at its end. */
  opensElsewhere?: boolean;
};

/** What this tab asked or follows, under what the server drew. A message is never shown by both. */
export function LiveThread({
  conversationId,
  storedIds,
  otherBranchIds = none,
  runningAnswerId,
  isAnswered = false,
  opensElsewhere = false,
}: LiveThreadProps) {
  const refresh = useRefresh();
  const turns = useSyncExternalStore(liveTurns.subscribe, liveTurns.current, liveTurns.onServer);
  const mine = turns.filter((turn) => turn.conversationId === conversationId && isToBeDrawn(turn));
  const end = useFollowEnd(conversationId, mine.findLast(({ kind }) => kind === "ask")?.answerId, opensElsewhere);
  useFocusKept(end, storedIds);
  const followUp = useFollowUp(conversationId);
  const last = mine.at(-1);
  const canFollowUp = last ? last.end?.status === "completed" : isAnswered && runningAnswerId === null;

  // A new branch is drawn once the server has drawn what it grows from.
  function isToBeDrawn({ state, kind, answerId }: LiveTurn): boolean {
    if (otherBranchIds.includes(answerId)) return false;
    if (state === "ended") return !storedIds.includes(answerId);
    return kind === "ask" || kind === "follow" || answerId === runningAnswerId;
  }

  useEffect(() => forgetStored([...storedIds, ...otherBranchIds]), [storedIds, otherBranchIds]);

  useEffect(() => {
    if (!runningAnswerId) return;
    let isShown = true;
    void (async () => {
      // Its process may have died: the server will say so once it has noticed.
      while (isShown && !(await attach(conversationId, runningAnswerId))) {
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
        if (isShown) refresh();
      }
    })();
    return () => {
      isShown = false;
    };
  }, [conversationId, runningAnswerId, refresh]);

  return (
    <div ref={end} className="flex flex-col gap-8">
      {mine.map((turn) => (
        <LiveExchange key={turn.answerId} turn={turn} isQuestionStored={isQuestionStored(turn, storedIds)} />
      ))}
      {canFollowUp && <FollowUps onAsk={followUp} />}
    </div>
  );
}

const isQuestionStored = ({ turn }: LiveTurn, storedIds: string[]): boolean =>
  turn !== null && storedIds.includes(turn.questionId);

function useFollowUp(conversationId: string): (question: string) => Promise<void> {
  const refusalSentence = useRefusalSentence();
  return async (text) => {
    const ids = { questionId: newId(), answerId: newId() };
    const acceptance = await ask({ kind: "ask", conversationId, isNew: false, text, ...ids });
    if (!acceptance.accepted) showToast({ tone: "danger", text: refusalSentence(acceptance.refusal) });
  };
}

function LiveExchange({ turn, isQuestionStored }: { turn: LiveTurn; isQuestionStored: boolean }) {
  const t = useTranslations("assistant");
  const documents = useTranslations("documents");
  const isWriting = turn.state === "sending" || turn.state === "running";
  const text = plainText(turn.parts);
  const canCopy = turn.state === "ended" && text !== "";
  return (
    <>
      {turn.question !== null && !isQuestionStored && <Question text={turn.question} documents={turn.documents} />}
      <Answer
        answerId={turn.answerId}
        conversationId={turn.conversationId}
        isWriting={isWriting}
        parts={turn.parts}
        provenance={turn.state === "ended" ? provenanceOf(turn) : undefined}
        actions={
          canCopy && (
            <>
              <CopyAnswer markdown={text} sources={sourcesIn(turn.parts)} />
              {turn.turn && !isTemporary(turn.conversationId) && (
                <Feedback answerId={turn.turn.answerId} opinion={null} />
              )}
            </>
          )
        }
      >
        {text !== "" && (
          <div className="md wrap-anywhere">
            <Suspense fallback={null}>
              <LiveMarkdown messageId={turn.answerId} ended={!isWriting}>
                {textWithMarkers(turn.parts)}
              </LiveMarkdown>
            </Suspense>
          </div>
        )}
        {isWriting && text === "" && !turn.parts.some(waitsForAgent) && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner /> {turn.parts.length > 0 ? t("thinking") : turn.isWaiting ? documents("waiting") : t("waiting")}
          </p>
        )}
        {turn.state === "lost" && <LostTurn conversationId={turn.conversationId} answerId={turn.answerId} />}
        {turn.end && turn.turn && (
          <Ending
            conversationId={turn.conversationId}
            questionId={turn.turn.questionId}
            answerId={turn.answerId}
            status={turn.end.status}
            failureCode={turn.end.code}
            isTruncated={turn.end.isTruncated ?? false}
            hasText={text !== ""}
            isLast
            isNew
          />
        )}
      </Answer>
    </>
  );
}

/** Its card asks for their word: nothing goes on meanwhile. */
const waitsForAgent = (part: MessagePart): boolean =>
  part.type === "tool" &&
  part.state === "running" &&
  (part.name === "search_web" || part.name === "read_web_page") &&
  part.output?.step === "confirming";

/** All that is known of the answer once it has ended; its model alone when the stream says no more. */
function provenanceOf({ turn, end }: LiveTurn): Provenance | undefined {
  if (end?.provenance) return end.provenance;
  if (!turn) return undefined;
  return {
    modelLabel: turn.modelLabel,
    hostingLabel: null,
    requestedModelLabel: null,
    firstTokenMs: null,
    durationMs: null,
    inputTokens: null,
    outputTokens: null,
    co2: null,
  };
}
