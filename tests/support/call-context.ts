import { createSources } from "@/lib/assistant/citations/sources";
import type { CallContext } from "@/lib/assistant/tools/tool";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";

/** What a tool knows of a turn about nothing, with what `of` says. */
export const aCallContext = (of: { actor: Actor } & Partial<CallContext>): CallContext => ({
  turnId: newId(),
  callId: "call",
  said: { question: "", earlier: "" },
  followsReading: false,
  web: { isAsked: false, mayDecide: false, officialOnly: false, mustConfirm: false },
  documents: [],
  sources: createSources(),
  foundUrls: new Set(),
  visits: new Map(),
  budget: 10_000,
  signal: new AbortController().signal,
  report: () => {},
  ...of,
});
