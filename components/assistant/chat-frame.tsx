"use client";

import { useRouter, useSelectedLayoutSegments } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { PageTitle } from "@/components/layout/page-title";
import { SourcePanelHost } from "@/components/sources/source-panel-host";
import { isTemporary, tellTemporary } from "@/components/temporary/temporary-mode";
import type { WebMode } from "@/lib/assistant/schema";
import { newId } from "@/lib/id";
import type { ModelChoice } from "@/lib/models/schema";
import { chooseModelAction } from "@/lib/preferences/actions";
import { projectPath } from "@/lib/projects/rules";
import type { SearchEngine } from "@/lib/web/schema";
import { Composer, type SentDocument } from "./composer";
import { onHomeWanted, onStopWanted } from "./composer-events";
import { ComposerNotes } from "./composer-notes";
import { GoToEnd } from "./go-to-end";
import { type Acceptance, ask, type LiveTurn, liveTurns, stop } from "./live-turns";
import { ModelPicker } from "./model-picker";
import { useRefresh } from "./use-refresh";
import { useRefusalSentence } from "./use-refusal-sentence";
import { useTitleArrival } from "./use-title-arrival";
import { useTitleNotice } from "./use-title-notice";
import { WebChoice, WebToggle } from "./web-choice";
import { chooseWebMode, moveWebMode, webModes } from "./web-modes";

const importLiveThread = () => import("./live-thread");
const LiveThread = lazy(async () => ({ default: (await importLiveThread()).LiveThread }));

const nothingStored: string[] = [];

type ChatFrameProps = {
  agentId: string;
  models: readonly ModelChoice[];
  /** The one the agent chose last. */
  modelId: string;
  /** Those that search the web, in the order they are asked; none, and no search is offered. */
  engines: readonly SearchEngine[];
  children: ReactNode;
};

/** Holds the composer under the home page and the conversations: neither it nor its focus is lost between them. */
export function ChatFrame({ agentId, models, modelId, engines, children }: ChatFrameProps) {
  const [chosenId, setChosenId] = useState(modelId);
  const t = useTranslations("assistant");
  const home = useTranslations("home");
  const refusalSentence = useRefusalSentence();
  const router = useRouter();
  const refresh = useRefresh();
  // Of the page that is drawn; the address is ahead of it while a new conversation's page is read.
  const [place, placeId = null] = useSelectedLayoutSegments();
  const conversationId = place === "conversations" ? placeId : null;
  const projectId = place === "projets" ? placeId : null;
  const turns = useSyncExternalStore(liveTurns.subscribe, liveTurns.current, liveTurns.onServer);
  const [opened, setOpened] = useState<{ id: string; projectId: string | null } | null>(null);
  // Asked from another page than this one, it opens beside it.
  const newConversationId = opened?.projectId === projectId ? opened.id : null;
  const lastOpening = useRef<{ conversationId: string; asked: Promise<Acceptance> }>(undefined);
  const shownId = conversationId ?? newConversationId;
  // A project has its own next question, beside home's.
  const draftId = shownId ?? (projectId && `project-${projectId}`);
  const webMode = useSyncExternalStore(webModes.subscribe, () => webModes.of(draftId), webModes.onServer);
  const webChoice = { mode: webMode, onChoose: (mode: WebMode) => chooseWebMode(draftId, mode) };
  const last = turns.findLast((turn) => turn.conversationId === shownId);
  const isRunning = last?.state === "sending" || last?.state === "running";
  const announcement = useAnnouncement(last, conversationId !== null);
  useRefreshOnChange(refresh, newConversationId !== null);
  const awaitTitle = useTitleArrival(turns, refresh);
  useTitleNotice();
  useEffect(() => onStopWanted(() => void (isRunning && shownId && stop(shownId))), [isRunning, shownId]);

  useEffect(
    () =>
      newConversationId ? onHomeWanted(() => setOpened(null), projectId ? projectPath(projectId) : "/") : undefined,
    [newConversationId, projectId],
  );

  // Where it was asked is itself again when one comes back there; and the list has a conversation more.
  useEffect(() => {
    if (!opened || (newConversationId && !conversationId)) return;
    setOpened(null);
    refresh();
  }, [conversationId, newConversationId, opened, refresh]);

  function choose(id: string): void {
    setChosenId(id);
    void chooseModelAction({ modelId: id }).catch(() => {
      // The choice holds on this page, and goes with each question.
    });
  }

  async function send(text: string, documents: readonly SentDocument[]): Promise<{ refusal: string } | null> {
    const isNew = shownId === null;
    const target = shownId ?? newId();
    const isLeftOut = isNew && isTemporary(null);
    if (isNew) {
      tellTemporary(target, isLeftOut);
      setOpened({ id: target, projectId });
      moveWebMode(draftId, target);
    }
    // A question sent while the one that opens the conversation is on its way.
    const opening = lastOpening.current?.conversationId === target ? await lastOpening.current.asked : undefined;
    if (opening?.accepted === false) return { refusal: refusalSentence(opening.refusal) };
    const asked = ask(
      {
        kind: "ask",
        conversationId: target,
        isNew,
        ...(isNew && projectId && { projectId }),
        questionId: newId(),
        answerId: newId(),
        modelId: chosenId,
        text,
        documentIds: documents.map(({ id }) => id),
        newDocumentIds: isLeftOut ? documents.flatMap(({ id, isReused }) => (isReused ? [] : id)) : [],
        web: engines.length > 0 ? webMode : "off",
      },
      documents,
    );
    if (isNew) lastOpening.current = { conversationId: target, asked };
    const acceptance = await asked;
    if (!acceptance.accepted) {
      if (isNew) {
        setOpened(null);
        moveWebMode(target, draftId);
      }
      return { refusal: refusalSentence(acceptance.refusal) };
    }
    if (isNew) {
      if (!isLeftOut) awaitTitle(target);
      const address = `/conversations/${target}`;
      // At once, so that a reload finds the conversation; then its page.
      window.history.pushState(null, "", address);
      router.replace(address, { scroll: false });
    }
    return null;
  }

  return (
    <div className="flex flex-1 flex-col">
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 pt-6 pb-8 print:max-w-none print:p-0">
        {newConversationId && !conversationId ? (
          <>
            <PageTitle>{home("pageTitle")}</PageTitle>
            <Suspense fallback={null}>
              <LiveThread conversationId={newConversationId} storedIds={nothingStored} runningAnswerId={null} />
            </Suspense>
          </>
        ) : (
          children
        )}
      </div>
      <div className="sticky bottom-0 z-10 bg-page pb-3 print:hidden before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:-z-10 before:h-6 before:bg-linear-to-t before:from-page">
        <div className="mx-auto w-full max-w-3xl px-4">
          {shownId && <GoToEnd />}
          <Composer
            key={agentId}
            agentId={agentId}
            conversationId={draftId}
            isRunning={isRunning}
            onSend={send}
            onStop={() => shownId && void stop(shownId)}
            seesImages={models.find(({ id }) => id === chosenId)?.vision === true}
            choices={
              <>
                <ModelPicker models={models} chosenId={chosenId} onChoose={choose} />
                {engines.length > 0 && <WebToggle {...webChoice} />}
              </>
            }
            onFirstUse={() => void Promise.all([importLiveThread(), import("@/components/markdown/live-markdown")])}
          />
          {engines.length > 0 && <WebChoice {...webChoice} engines={engines} />}
          <ComposerNotes />
        </div>
      </div>
      <p role="status" className="sr-only">
        {announcement && t(announcement)}
      </p>
      <SourcePanelHost conversationId={shownId} />
    </div>
  );
}

/**
 * Said once at the start and once at the end, never for each token. The end is said on the conversation's own page, where it can
 * be found again, and stays said when the stored answer takes over.
 */
function useAnnouncement(turn: LiveTurn | undefined, isInPlace: boolean): "writing" | "written" | null {
  const [said, setSaid] = useState<"writing" | "written" | null>(null);
  const isWriting = turn !== undefined && turn.state !== "ended" && turn.state !== "lost";
  const isWell = turn === undefined || turn.end?.status === "completed";
  useEffect(() => {
    if (isWriting) setSaid("writing");
    else if (isInPlace) setSaid((before) => (before === "writing" ? (isWell ? "written" : null) : before));
  }, [isWriting, isInPlace, isWell]);
  return said;
}

/**
 * The list of conversations and the stored messages follow what is asked and what ends, in this tab and in the others. Not while
 * home is being left: reading home again would race with the way to the new conversation.
 */
function useRefreshOnChange(refresh: () => void, isLeavingHome: boolean): void {
  const changes = useSyncExternalStore(liveTurns.subscribe, liveTurns.changes, liveTurns.changesOnServer);
  const [seen, setSeen] = useState(changes);
  useEffect(() => {
    if (changes === seen || isLeavingHome) return;
    setSeen(changes);
    refresh();
  }, [changes, seen, isLeavingHome, refresh]);
}
