import { announceSessionEnded } from "@/components/auth/session-ended";
import { isTemporary } from "@/components/temporary/temporary-mode";
import type { ChatInput } from "@/lib/assistant/schema";
import type { AttachedFile } from "@/lib/documents/schema";
import type { Refusal } from "@/lib/errors/app-error";
import { fold, type Heard, nothingHeard } from "./fold";
import { hearTurn } from "./hear-turn";
import { announceChange, onChangeElsewhere } from "./other-tabs";
import { paced } from "./paced";
import { followTurn, type OnPart, type Outcome, requestStop, sendQuestion } from "./turn-requests";

export type LiveTurn = Heard & {
  conversationId: string;
  answerId: string;
  /** `follow`: it was asked in another tab, or before a reload. */
  kind: ChatInput["kind"] | "follow";
  /** Null when the question is already on the page. */
  question: string | null;
  /** What the question came with. */
  documents: readonly AttachedFile[];
  /** `lost`: the network did not come back in time. The turn itself goes on, on the server. */
  state: "sending" | "running" | "ended" | "lost";
  /** How many parts were heard: the place of the next one. */
  heardCount: number;
};

/** `network`: the question could not be sent. */
export type Acceptance = { accepted: true } | { accepted: false; refusal: Refusal | "network" };

const RECONNECT_FOR_MS = 120_000;

let turns: readonly LiveTurn[] = [];
const none: readonly LiveTurn[] = [];
const watchers = new Set<() => void>();
/** How many times what the server stores has changed, as far as this tab knows. */
let changes = 0;
/** How many turns have ended in this tab, one way or another. */
let endings = 0;

/** What the screens draw: the turns this tab asked or follows, kept from one page to the next. */
export const liveTurns = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
  current: () => turns,
  onServer: () => none,
  changes: () => changes,
  changesOnServer: () => 0,
  endings: () => endings,
  endingsOnServer: () => 0,
};

const notifySoon = paced(() => {
  for (const watcher of watchers) watcher();
});

/** What the server stores has changed: this tab's pages read it again, and the other tabs' too. */
function storedChanged(): void {
  changes += 1;
  announceChange();
  notifySoon();
}

onChangeElsewhere(() => {
  changes += 1;
  notifySoon();
});

function change(answerId: string, update: (turn: LiveTurn) => LiveTurn): void {
  turns = turns.map((turn) => {
    if (turn.answerId !== answerId) return turn;
    const changed = update(turn);
    if (changed.state === "ended" && turn.state !== "ended") {
      endings += 1;
      storedChanged();
    }
    return changed;
  });
  notifySoon();
}

function forget(answerId: string): void {
  turns = turns.filter((turn) => turn.answerId !== answerId);
  notifySoon();
}

function remove(answerId: string): void {
  forget(answerId);
  storedChanged();
}

function add(turn: Pick<LiveTurn, "conversationId" | "answerId" | "kind" | "question" | "documents">): void {
  const others = turns.filter(({ answerId }) => answerId !== turn.answerId);
  turns = [...others, { ...nothingHeard, ...turn, state: "sending", heardCount: 0 }];
  notifySoon();
}

/** Forgets the turns that the server now draws itself, or knows to be on another branch than the one it draws. */
export function forgetStored(storedIds: readonly string[]): void {
  const left = turns.filter(({ state, answerId }) => state !== "ended" || !storedIds.includes(answerId));
  if (left.length === turns.length) return;
  turns = left;
  notifySoon();
}

const find = (answerId: string) => turns.find((turn) => turn.answerId === answerId);
const isEnded = (answerId: string) => find(answerId)?.state === "ended";
const wasAccepted = (answerId: string) => Boolean(find(answerId)?.turn);

/** Sends a question, or asks again for one. Resolves once the server has saved it, or refused it. */
export function ask(input: ChatInput, documents: readonly AttachedFile[] = []): Promise<Acceptance> {
  const { conversationId, answerId, kind } = input;
  const told = isTemporary(conversationId) ? { ...input, temporary: true } : input;
  add({ conversationId, answerId, kind, question: kind === "ask" || kind === "edit" ? input.text : null, documents });
  return new Promise((resolve) => {
    const accept = () => {
      resolve({ accepted: true });
      storedChanged();
    };
    void (async () => {
      // The same identifiers each time: the server starts the turn once, whatever the network did.
      const outcome = await patiently(
        () => hear(answerId, (signal) => sendQuestion(told, signal), accept),
        (last) => last.type === "cut" && !wasAccepted(answerId),
      );
      if (wasAccepted(answerId)) return settle(answerId, outcome);
      // Of one that is gone, what is still shown stays until it is left: reading it again would take away what is typed too.
      if (outcome.type === "refused" && outcome.code === "temporary_gone") forget(answerId);
      else remove(answerId);
      if (outcome.type === "queued") return resolve({ accepted: true });
      const refusal = outcome.type === "refused" ? outcome : "network";
      if (refusal !== "network" && refusal.code === "not_signed_in") announceSessionEnded();
      resolve({ accepted: false, refusal });
    })();
  });
}

/** Follows a turn asked in another tab or before a reload, or one that was lost. False when it does not run any more. */
export async function attach(conversationId: string, answerId: string): Promise<boolean> {
  const known = find(answerId);
  if (known && known.state !== "lost") return true;
  if (known) change(answerId, (turn) => ({ ...turn, state: "running" }));
  else add({ conversationId, answerId, kind: "follow", question: null, documents: [] });
  const outcome = await follow(answerId);
  await settle(answerId, outcome);
  return outcome.type !== "nothing_running";
}

const stopsWanted = new Set<string>();

/** Keeps what was written so far; the end comes with the stream. Asked before the server has the question, it waits. */
export async function stop(conversationId: string): Promise<void> {
  const isSending = turns.some((turn) => turn.conversationId === conversationId && turn.state === "sending");
  if (isSending) stopsWanted.add(conversationId);
  else await requestStop(conversationId);
}

function hear(
  answerId: string,
  request: (signal: AbortSignal) => Promise<Response>,
  onStart: () => void = () => {},
): Promise<Outcome> {
  const onPart: OnPart = (chunk, position) => {
    // A stream that starts over, or a poll that overlaps it: said once.
    if (position !== null && position < (find(answerId)?.heardCount ?? 0)) return;
    // Another turn of this conversation: not the one that is listened to.
    if (chunk.type === "start" ? chunk.messageId !== answerId : !wasAccepted(answerId)) return;
    const isAccepted = chunk.type === "start" && !wasAccepted(answerId);
    change(answerId, (turn) => {
      const heard = fold(turn, chunk);
      const heardCount = position === null ? turn.heardCount : position + 1;
      return { ...turn, ...heard, heardCount, state: heard.end ? "ended" : "running" };
    });
    if (!isAccepted) return;
    onStart();
    const conversationId = find(answerId)?.conversationId;
    if (conversationId && stopsWanted.delete(conversationId)) void requestStop(conversationId);
  };
  const place = () => {
    const { conversationId = "", turn = null, heardCount = 0 } = find(answerId) ?? {};
    return { conversationId, turnId: turn?.turnId ?? null, from: heardCount };
  };
  return hearTurn(request, { place, onPart, isEnded: () => isEnded(answerId) });
}

const follow = (answerId: string): Promise<Outcome> =>
  hear(answerId, (signal) => {
    const { conversationId = "", turn = null, heardCount = 0 } = find(answerId) ?? {};
    return followTurn({ conversationId, turnId: turn?.turnId ?? null, from: heardCount }, signal);
  });

/** After a stream: follows again if it was cut before the end. */
async function settle(answerId: string, first: Outcome): Promise<void> {
  const isCut = (last: Outcome) => last.type === "cut" && !isEnded(answerId);
  const outcome = isCut(first) ? await patiently(() => follow(answerId), isCut) : first;
  if (isEnded(answerId)) return;
  if (outcome.type === "cut") return change(answerId, (turn) => ({ ...turn, state: "lost" }));
  // It ended while nobody listened: what the server stored is the answer.
  remove(answerId);
}

/** Tries again, ever more slowly and not all tabs at once, as long as `isWorthIt` and for two minutes. */
async function patiently(attempt: () => Promise<Outcome>, isWorthIt: (last: Outcome) => boolean): Promise<Outcome> {
  const until = Date.now() + RECONNECT_FOR_MS;
  for (let delayMs = 500; ; delayMs = Math.min(delayMs * 2, 8000)) {
    const outcome = await attempt();
    if (!isWorthIt(outcome) || Date.now() > until) return outcome;
    await new Promise((resolve) => setTimeout(resolve, delayMs * (0.5 + Math.random())));
  }
}
