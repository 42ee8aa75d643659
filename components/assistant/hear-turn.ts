import { type OnPart, type Outcome, type Place, pollTurn, readTurn } from "./turn-requests";

/** The server sends a heartbeat every 15 s at most; a stream that says nothing for so long may be held back by a proxy. */
const SILENCE_MS = 10_000;
/** Once a proxy was seen to hold streams back, there is no reason to wait that long again. */
const SILENCE_WHEN_HELD_BACK_MS = 1_500;
const LOOK_EVERY_MS = 500;
const POLL_EVERY_MS = 1_500;

let isHeldBack = false;

type Listener = {
  /** What was heard so far, hence what is still to be heard. */
  place: () => Place;
  onPart: OnPart;
  isEnded: () => boolean;
};

/**
 * Hears a turn through `request`. When the stream stays silent, what the turn says is asked for piece by piece, until the stream
 * speaks again or the turn ends: behind a proxy that keeps streams until they are whole, the answer still comes.
 */
export async function hearTurn(
  request: (signal: AbortSignal) => Promise<Response>,
  { place, onPart, isEnded }: Listener,
): Promise<Outcome> {
  const leave = new AbortController();
  let heardAt = Date.now();
  let isPolling = false;
  let polledAt = 0;

  async function poll(): Promise<void> {
    isPolling = true;
    const before = place();
    const polled = await pollTurn(before, leave.signal);
    isPolling = false;
    polledAt = Date.now();
    if (!polled || leave.signal.aborted) return;
    // It has ended meanwhile: what the server stored is the answer.
    if (before.turnId && polled.turnId !== before.turnId) return leave.abort();
    const isNew = place().from === before.from && polled.parts.length > 0;
    for (const [index, chunk] of polled.parts.entries()) onPart(chunk, polled.from + index);
    if (isNew) isHeldBack = true;
    if (isEnded()) leave.abort();
  }

  const watch = setInterval(() => {
    const patienceMs = isHeldBack ? SILENCE_WHEN_HELD_BACK_MS : SILENCE_MS;
    const now = Date.now();
    if (!isPolling && now - heardAt > patienceMs && now - polledAt > POLL_EVERY_MS) void poll();
  }, LOOK_EVERY_MS);

  try {
    return await readTurn(await request(leave.signal), onPart, () => {
      heardAt = Date.now();
    });
  } catch {
    return isEnded() ? { type: "heard" } : { type: "cut" }; // told as such: whoever asked tries again
  } finally {
    clearInterval(watch);
    leave.abort();
  }
}
