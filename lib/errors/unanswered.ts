/**
 * For `catch` after a server action called from the browser: nothing came back (the network, or a service that restarts). A
 * refusal is not that: it comes back as a result.
 */
export const unanswered = () => ({ ok: false, code: "request_failed" }) as const;
