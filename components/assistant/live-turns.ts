import { announceSessionEnded } from "@/components/auth/session-ended";
import type { ChatInput } from "@/lib/assistant/schema";
import type { AssistantChunk } from "@/lib/assistant/stream-parts";
import type { ErrorCode } from "@/lib/errors/app-error";
import { fold, type Heard, nothingHeard } from "./fold";
import { paced } from "./paced";
import { followConversation, type Outcome, requestStop, sendQuestion } from "./turn-requests";

export type LiveTurn = Heard & {
  conversationId: string;
  questionId: string;
  /** Null when the question is already on the page. */
  question: string | null;
  /** `lost`: the network did not come back in time. The turn itself goes on, on the server. */
  state: "sending" | "running" | "ended" | "lost";
};

/** `network`: the question could not be sent. */
export type Acceptance = { accepted: true } | { accepted: false; code: ErrorCode | "network" };

const RECONNECT_FOR_MS = 30_000;

let turns: readonly LiveTurn[] = [];
const none: readonly LiveTurn[] = [];
const watchers = new Set<() => void>();
/** How many turns have ended in this tab, one way or another: what the server stores has changed as many times. */
let endings = 0;

/** What the screens draw: the turns this tab asked or follows, kept from one page to the next. */
export const liveTurns = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
  current: () => turns,
  onServer: () => none,
  endings: () => endings,
  endingsOnServer: () => 0,
};

const notifySoon = paced(() => {
  for (const watcher of watchers) watcher();
});

function change(questionId: string, update: (turn: LiveTurn) => LiveTurn): void {
  turns = turns.map((turn) => {
    if (turn.questionId !== questionId) return turn;
    const changed = update(turn);
    if (changed.state === "ended" && turn.state !== "ended") endings += 1;
    return changed;
  });
  notifySoon();
}

function remove(questionId: string): void {
  turns = turns.filter((turn) => turn.questionId !== questionId);
  endings += 1;
  notifySoon();
}

function add(turn: Pick<LiveTurn, "conversationId" | "questionId" | "question">): void {
  turns = [
    ...turns.filter(({ questionId }) => questionId !== turn.questionId),
    { ...nothingHeard, ...turn, state: "sending" },
  ];
  notifySoon();
}

/** Forgets the turns that the server now draws itself. */
export function forgetStored(storedIds: readonly string[]): void {
  const left = turns.filter(({ state, turn }) => state !== "ended" || !turn || !storedIds.includes(turn.answerId));
  if (left.length === turns.length) return;
  turns = left;
  notifySoon();
}

/** Sends a question, or asks again for one. Resolves once the server has saved it, or refused it. */
export function ask(input: ChatInput): Promise<Acceptance> {
  const { conversationId, questionId } = input;
  add({ conversationId, questionId, question: input.kind === "ask" ? input.text : null });
  return new Promise((resolve) => {
    const hear = hearer(questionId, () => resolve({ accepted: true }));
    void (async () => {
      // The same identifiers each time: the server starts the turn once, whatever the network did.
      const outcome = await patiently(
        () => sendQuestion(input, hear),
        (last) => last.type === "cut" && !wasAccepted(questionId),
      );
      if (wasAccepted(questionId)) return settle(questionId, conversationId, outcome);
      remove(questionId);
      const code = outcome.type === "refused" ? outcome.code : "network";
      if (code === "not_signed_in") announceSessionEnded();
      resolve({ accepted: false, code });
    })();
  });
}

/** Follows the turn that runs in a conversation, asked in another tab or before a reload. False when none runs. */
export async function attach(conversationId: string, questionId: string): Promise<boolean> {
  if (turns.some((turn) => turn.questionId === questionId && turn.state !== "lost")) return true;
  add({ conversationId, questionId, question: null });
  const outcome = await followConversation(
    conversationId,
    hearer(questionId, () => {}),
  );
  await settle(questionId, conversationId, outcome);
  return outcome.type !== "nothing_running";
}

const stopsWanted = new Set<string>();

/** Keeps what was written so far; the end comes with the stream. Asked before the server has the question, it waits. */
export async function stop(conversationId: string): Promise<void> {
  const isSending = turns.some((turn) => turn.conversationId === conversationId && turn.state === "sending");
  if (isSending) stopsWanted.add(conversationId);
  else await requestStop(conversationId);
}

const wasAccepted = (questionId: string) => Boolean(turns.find((turn) => turn.questionId === questionId)?.turn);

const hearer = (questionId: string, onStart: () => void) => (chunk: AssistantChunk) => {
  change(questionId, (turn) => {
    const heard = fold(turn, chunk);
    return { ...turn, ...heard, state: heard.end ? "ended" : "running" };
  });
  if (chunk.type !== "start") return;
  onStart();
  const conversationId = chunk.messageMetadata?.conversationId;
  if (conversationId && stopsWanted.delete(conversationId)) void requestStop(conversationId);
};

/** After a stream: follows again if it was cut before the end. */
async function settle(questionId: string, conversationId: string, first: Outcome): Promise<void> {
  const isEnded = () => turns.find((turn) => turn.questionId === questionId)?.state === "ended";
  const outcome =
    first.type === "cut" && !isEnded()
      ? await patiently(
          () =>
            followConversation(
              conversationId,
              hearer(questionId, () => {}),
            ),
          (last) => last.type === "cut" && !isEnded(),
        )
      : first;
  if (isEnded()) return;
  if (outcome.type === "cut") return change(questionId, (turn) => ({ ...turn, state: "lost" }));
  // It ended while nobody listened: what the server stored is the answer.
  remove(questionId);
}

/** Tries again, ever more slowly and not all tabs at once, as long as `isWorthIt` and for 30 s. */
async function patiently(attempt: () => Promise<Outcome>, isWorthIt: (last: Outcome) => boolean): Promise<Outcome> {
  const until = Date.now() + RECONNECT_FOR_MS;
  for (let delayMs = 500; ; delayMs = Math.min(delayMs * 2, 8000)) {
    const outcome = await attempt();
    if (!isWorthIt(outcome) || Date.now() > until) return outcome;
    await new Promise((resolve) => setTimeout(resolve, delayMs * (0.5 + Math.random())));
  }
}
