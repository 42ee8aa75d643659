import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { sayToCall } from "@/lib/assistant/call-words";
import { followTurn } from "@/lib/assistant/follow-turn";
import { runTurn } from "@/lib/assistant/run-turn";
import type { CallWord, ChatInput } from "@/lib/assistant/schema";
import { startTurn } from "@/lib/assistant/start-turn";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { forgetSearches } from "@/lib/providers/web-search";
import { visitPage } from "@/lib/web/visit-pages";
import { anActor } from "./actors";
import { installModelsOf } from "./models";
import { type ReceivedRequest, startScriptedModel } from "./scripted-model";
import { searxngReply, startScriptedSearch } from "./scripted-search";
import { setTestSettings } from "./settings";
import { aQuestion, hear, opened } from "./turns";
import { startWebSite } from "./web-site";

type Asked = Partial<ChatInput & { kind: "ask" }> & {
  actor?: Actor;
  question?: string;
  /** What the agent says to a call that waits for them. */
  words?: (call: ToolPart) => CallWord | null;
};

/** For a suite of turns that search the web: a model `habile` that calls tools and one, `simple`, that does not, an engine, a site. */
export async function startAskingTheWeb() {
  const upstream = await startScriptedModel();
  const site = await startWebSite();
  const engine = await startScriptedSearch();
  setTestSettings({
    LLM_BASE_URL: upstream.baseUrl,
    LLM_MODEL: "habile",
    SEARXNG_URL: engine.baseUrl,
    SEARXNG_HOSTING: "la DINUM, en France",
    DEV_FETCH_ALLOW: site.host,
    WEB_SEARCH_PER_AGENT_PER_DAY: "4",
  });
  installModelsOf(
    [
      { id: "habile", tools: true },
      { id: "simple", tools: false },
    ],
    { essai: upstream.baseUrl },
  );
  vi.spyOn(console, "warn").mockImplementation(() => {});
  // The process that reads is started once: a turn does not wait for it more than for a page.
  beforeAll(async () => {
    await visitPage(`${site.origin}/conges`, AbortSignal.timeout(30_000));
  });
  afterAll(async () => {
    await Promise.all([upstream.close(), site.close(), engine.close()]);
  });

  /** What the engine says of a page of the site. */
  const result = (path: string, title: string) => ({
    url: `${site.origin}${path}`,
    title,
    content: `Extrait de ${title}.`,
    publishedDate: null,
  });
  const leave = result("/conges", "Les congés annuels");
  const extraDays = result("/fractionnement", "Jours de fractionnement");
  beforeEach(() => {
    forgetSearches();
    site.visits.length = 0;
    engine.reply(searxngReply([leave, extraDays]));
  });

  /** Asks, and says to the calls what is to be said; gives all that came of it. */
  async function ask(scenario: string, { actor: of, question = "Quels congés ?", words, ...more }: Asked = {}) {
    const actor = of ?? (await anActor());
    const before = upstream.requests.length;
    const input = aQuestion(`[scenario:${scenario}] ${question}`, { modelId: "habile", web: "all", ...more });
    const turn = opened(await startTurn(actor, input));
    runTurn(turn);
    const watching = words && tellCalls(turn.turnId, words);
    const heard = await hear(followTurn(turn.turnId, new AbortController().signal));
    await watching;
    const stored = (await listShownMessages(actor, turn.conversationId)).at(-1);
    const parts = stored?.parts ?? [];
    return {
      actor,
      turn,
      heard,
      parts: parts.filter((part) => part.type === "tool"),
      texts: parts.filter((part) => part.type === "text"),
      sent: upstream.requests.slice(before).map(({ body }) => body),
      status: stored?.turn?.status,
    };
  }

  const queries = () => engine.requests.map(({ parameters }) => parameters.q);
  return { ask, queries, engine, site, result, leave, extraDays };
}

async function tellCalls(turnId: string, words: (call: ToolPart) => CallWord | null): Promise<void> {
  const told = new Set<string>();
  for await (const part of callsOf(turnId)) {
    const word = words(part);
    const key = `${part.callId} ${word?.kind}`;
    if (!word || told.has(key)) continue;
    told.add(key);
    await sayToCall(turnId, part.callId, word);
  }
}

async function* callsOf(turnId: string): AsyncGenerator<ToolPart> {
  const response = followTurn(turnId, new AbortController().signal);
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("data: {")) continue;
      const chunk = JSON.parse(line.slice("data: ".length));
      if (chunk.type === "data-tool") yield chunk.data;
    }
  }
}

/** What a request to the model says in a role. */
export const given = (body: ReceivedRequest["body"] | undefined, role: string): string =>
  (body?.messages ?? [])
    .filter((message) => message.role === role)
    .map(({ content }) => content)
    .join("\n");

export const toolNames = (body: ReceivedRequest["body"] | undefined): string[] =>
  ((body?.tools ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name);

/** What came of the search among these calls. */
export function searchIn(parts: readonly ToolPart[]) {
  const part = parts.find(({ name }) => name === "search_web");
  if (part?.name !== "search_web" || !part.output) throw new Error("nothing was searched");
  return part.output;
}

export const stepOf = (call: ToolPart): string | undefined =>
  call.name === "search_web" || call.name === "read_web_page" ? call.output?.step : undefined;
