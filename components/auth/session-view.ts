import { SESSION_WARNING_MINUTES, type SessionLeft } from "@/lib/auth/rules";

export type SessionView =
  | { phase: "open" }
  | { phase: "ending"; minutes: number; canExtend: boolean }
  | { phase: "ended" };

const RETRY_MS = 30_000;
const ENDING_CHECK_SECONDS = 20;
const HOUR_MS = 60 * 60 * 1000;

/** What to show after `/api/session` answered, and when to ask again. A null view: nothing is known, show what was. */
export function sessionView(status: number, left: SessionLeft | null): { view: SessionView | null; checkInMs: number } {
  if (status === 401) return { view: { phase: "ended" }, checkInMs: HOUR_MS };
  if (!left) return { view: null, checkInMs: RETRY_MS };
  const { secondsLeft, canExtend } = left;
  const warningSeconds = SESSION_WARNING_MINUTES * 60;
  if (secondsLeft > warningSeconds)
    return { view: { phase: "open" }, checkInMs: (secondsLeft - warningSeconds) * 1000 };
  return {
    view: { phase: "ending", minutes: secondsLeft < 60 ? 0 : Math.round(secondsLeft / 60), canExtend },
    checkInMs: (Math.min(secondsLeft, ENDING_CHECK_SECONDS) + 1) * 1000,
  };
}
