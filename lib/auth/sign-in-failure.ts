import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { LoggerInstance } from "next-auth";
import type { SignInRefusal } from "./rules";

/** next-auth says why a sign-in failed to its logger only, which is one for all requests: this finds the request. */
const current = new AsyncLocalStorage<{ refusal: SignInRefusal | null }>();

/** Runs next-auth, and gives its result with the reason of the failure it met, if any. */
export async function watchFailures<T>(work: () => Promise<T>): Promise<{ result: T; refusal: SignInRefusal | null }> {
  const store = { refusal: null };
  const result = await current.run(store, work);
  return { result, refusal: store.refusal };
}

/** Logs which step failed and how, never messages or metadata: they hold tokens, claims and addresses. */
export const authLogger: LoggerInstance = {
  error: (step, metadata) => {
    const error = metadata instanceof Error ? metadata : metadata.error;
    const refusal = refusalFor(error);
    const store = current.getStore();
    if (store) store.refusal = refusal;
    console.warn(JSON.stringify({ level: "warn", operation: "sign_in", step: toStep(step), refusal }));
  },
  warn: (step) => console.warn(JSON.stringify({ level: "warn", operation: "sign_in", step: toStep(step) })),
  debug: () => {},
};

const toStep = (step: string) => (/^[A-Z0-9_]{1,60}$/.test(step) ? step : "UNKNOWN");

const REASONS: [SignInRefusal, RegExp][] = [
  [
    "wrong_state",
    /state mismatch|state missing|nonce mismatch|cookie was missing|could not be parsed|different provider/i,
  ],
  ["wrong_state", /invalid_grant|decryption operation failed|Invalid Compact JWE/i],
  ["clock_skew", /JWT (expired|not active yet)|issued in the future|too much time has elapsed/i],
  ["proconnect_down", /timed out|server_error|temporarily_unavailable|expected 200 OK, got: 5\d\d/i],
];
const NETWORK_CODES = /^(E(CONN\w+|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|TIMEDOUT|PIPE)|ERR_TLS_\w+|CERT_\w+)$/;

function refusalFor(error: unknown): SignInRefusal {
  if (!(error instanceof Error)) return "sign_in_failed";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (NETWORK_CODES.test(code) || error instanceof AggregateError) return "proconnect_down";
  return REASONS.find(([, pattern]) => pattern.test(error.message))?.[0] ?? "sign_in_failed";
}

/** What ProConnect's own `error` means, when it sends the browser back with one. */
export function refusalFromProconnect(params: URLSearchParams): SignInRefusal | null {
  const error = params.get("error");
  if (error === null) return null;
  if (`${error} ${params.get("error_description") ?? ""}`.includes("Y500015")) return "private_sector";
  switch (error) {
    case "access_denied":
    case "login_required":
    case "interaction_required":
      return "cancelled";
    case "server_error":
    case "temporarily_unavailable":
      return "proconnect_down";
    default:
      return "sign_in_failed";
  }
}
