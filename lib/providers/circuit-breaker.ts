import "server-only";

const FAILURES_MAX = 3;
const OPEN_MS = 60_000;
/** A server that asks to be left alone for a day is tried again nevertheless. */
const OPEN_MS_MAX = 15 * 60_000;

type Circuit = {
  failures: number;
  /** 0 while it is closed, as it is when all goes well. */
  openUntil: number;
  isOnTrial: boolean;
};

/** Someone who was let through: says once how it went. */
type Passage = {
  succeed(): void;
  /** `leaveAloneMs`: what the server asked for; it is then left alone at once. */
  fail(leaveAloneMs?: number): void;
  /** Gave up before anything was known. */
  leave(): void;
};

export type CircuitBreaker = {
  /** Null for a server that is left alone: it failed three times in a row, less than a minute ago. After that, one is let through to try. */
  enter(name: string): Passage | null;
};

export function createCircuitBreaker(clock: () => number = Date.now): CircuitBreaker {
  const circuits = new Map<string, Circuit>();

  return {
    enter(name) {
      const circuit = circuits.get(name) ?? { failures: 0, openUntil: 0, isOnTrial: false };
      circuits.set(name, circuit);
      if (clock() < circuit.openUntil || circuit.isOnTrial) return null;
      const isTrial = circuit.openUntil > 0;
      circuit.isOnTrial = isTrial;
      return {
        succeed() {
          Object.assign(circuit, { failures: 0, openUntil: 0, isOnTrial: false });
        },
        fail(leaveAloneMs) {
          circuit.failures += 1;
          if (isTrial) circuit.isOnTrial = false;
          if (leaveAloneMs === undefined && circuit.failures < FAILURES_MAX) return;
          circuit.openUntil = clock() + Math.min(leaveAloneMs ?? OPEN_MS, OPEN_MS_MAX);
        },
        leave() {
          if (isTrial) circuit.isOnTrial = false;
        },
      };
    },
  };
}
