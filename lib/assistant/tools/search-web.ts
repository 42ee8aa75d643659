import { toErrorCode } from "@/lib/errors/app-error";
import { listSearchEngines } from "@/lib/providers/web-search";
import { reportFailure } from "@/lib/telemetry/report";
import { minimiseQuery } from "@/lib/web/minimise-query";
import { periodOf } from "@/lib/web/news";
import { questionWords, sharedWords } from "@/lib/web/question-words";
import type { SearchEngine, WebResult } from "@/lib/web/schema";
import { searchWeb as askEngines } from "@/lib/web/search-web";
import { type Visit, visitPages } from "@/lib/web/visit-pages";
import { CONFIRM_MS, skipSignal, untilAllowed } from "../call-words";
import { marked } from "../prompts/marked";
import { asRead, giveWebPages, toVisit } from "./give-web-pages";
import { type CallContext, type Tool, type ToolContext, ToolRefusal, type ToolResult } from "./tool";
import { type SearchWebInput, type SearchWebOutput, searchWebInput, type VisitedPage } from "./web.schema";

/** Every engine, then every page. */
const SEARCH_MS = 40_000;
const PAGES_MAX = 8;
/** What is not read by then is left. */
const READING_MS = 4_000;

type Said = ToolResult<SearchWebOutput>;

/** Searches the web, reads the pages found and gives their passages that answer best. */
export const searchWeb: Tool<SearchWebInput, SearchWebOutput> = {
  name: "search_web",
  description:
    "Cherche sur le web et donne des extraits des pages trouvées, avec leur titre, leur site et leur date. query : quelques mots importants, en français, sans phrase, sans nom de personne ni donnée personnelle, et rien des documents joints. period : day, week, month ou year, seulement pour ce qui est récent. À appeler pour ce qui a pu changer (textes, taux, procédures, actualité) ou pour vérifier.",
  input: searchWebInput,
  timeoutMs: CONFIRM_MS + SEARCH_MS,
  isUseful: async ({ web }) => web.mayDecide,
  async run({ query, period }, context) {
    const { text, removed } = minimiseQuery(query);
    if (text === "") throw new ToolRefusal("la requête n’a plus de mots une fois ses données personnelles retirées.");
    const engines = listSearchEngines();
    let state: SearchWebOutput = {
      step: "searching",
      query: text,
      removed,
      period: periodOf(context.said.question, new Date()) ?? period ?? null,
      officialOnly: context.web.officialOnly,
      engine: engines[0] ?? null,
      engines,
      pages: [],
    };
    let leaving = context.web.mustConfirm ? null : harmless(text, context);
    if (leaving === null) {
      context.report({ ...state, step: "confirming" });
      leaving = await untilAllowed(context, CONFIRM_MS);
      if (leaving === null) return ended(state, "refused");
    }
    const last = minimiseQuery(leaving === "" ? text : leaving);
    // What the agent wrote instead says nothing: what they took out does not leave for all that.
    if (last.text === "") return ended(state, "refused");
    state = { ...state, query: last.text, removed: [...new Set([...removed, ...last.removed])] };
    return search(state, context);
  },
};

/**
 * Once the model has read what comes from outside, documents or pages, its query may be what they told it to send: what leaves is
 * then only what it has of the question. Null when it has more, which is shown to the agent before it leaves. When what was read is
 * behind an earlier answer, only the words that the agent wrote leave, then or now: a question that follows needs both.
 */
function harmless(query: string, context: ToolContext): string | null {
  const { said, documents, sources, foundUrls, followsReading } = context;
  const hasRead = documents.length > 0 || sources.all().length > 0 || foundUrls.size > 0;
  if (hasRead) return questionWords(query, said.question);
  return followsReading ? sharedWords(query, `${said.question}\n${said.earlier}`) || null : query;
}

async function search(begun: SearchWebOutput, context: CallContext<SearchWebOutput>): Promise<Said> {
  const skip = skipSignal(context);
  let state = begun;
  const receivers: SearchEngine[] = [];
  const tell = (changed: Partial<SearchWebOutput>) => {
    state = { ...state, ...changed };
    context.report(state);
  };
  try {
    tell({ step: "searching", engines: undefined });
    const { query: text, period, officialOnly } = state;
    const asked = { text, period, officialOnly };
    const { engine, results } = await askEngines(asked, {
      agentId: context.actor.agentId,
      signal: skip.signal,
      onAsk: (sentTo) => {
        receivers.push(sentTo);
        tell({ engine: sentTo, engines: [...receivers] });
      },
    });
    const found = results.slice(0, PAGES_MAX);
    for (const { url } of results) context.foundUrls.add(url);
    tell({ step: "reading", engine, engines: receivers, pages: found.map((result) => toVisit(result.url, result)) });
    const visits = await visitPages(
      found.map(({ url }) => url),
      {
        signal: skip.signal,
        withinMs: READING_MS,
        onVisit: (visit) =>
          tell({ pages: state.pages.map((page) => (page.url === visit.url ? after(page, visit) : page)) }),
      },
    );
    context.signal.throwIfAborted();
    return give({ ...state, step: skip.isSkipped() ? "skipped" : "done" }, { found, visits }, context);
  } catch (error) {
    context.signal.throwIfAborted();
    state = { ...state, engines: receivers };
    if (skip.isSkipped()) return ended(state, "skipped");
    const code = toErrorCode(error);
    // The port has already said which engine failed, and how.
    if (code !== "web_search_limit" && code !== "web_search_failed") reportFailure(error, { operation: "web.search" });
    return ended(state, code === "web_search_limit" ? "limited" : "failed");
  } finally {
    skip.forget();
  }
}

const after = (page: VisitedPage, visit: Visit): VisitedPage =>
  "page" in visit ? asRead(page, visit.page) : { ...page, state: "unread", failure: visit.failure };

function give(
  state: SearchWebOutput,
  { found, visits }: { found: readonly WebResult[]; visits: readonly Visit[] },
  context: CallContext<SearchWebOutput>,
): Said {
  const read = visits.filter((visit) => "page" in visit);
  const { passages, forModel } = giveWebPages(
    read.map(({ page }) => page),
    `${context.said.question} ${state.query}`,
    context,
  );
  const given = new Map(read.map(({ url }, index) => [url, passages[index] ?? []]));
  const pages = state.pages.map((page) => ({ ...page, passages: given.get(page.url) ?? [] }));
  const unread = found.filter(({ url }) => !given.has(url));
  const notes = [
    forModel || (found.length === 0 ? NOTHING_FOUND : NOTHING_READ),
    unread.length > 0 && `${UNREAD}\n${marked("results", unread.map(asResult).join("\n"))}`,
    state.step === "skipped" && "(La personne a arrêté la recherche : répondez avec ce qui précède.)",
  ];
  return { output: { ...state, pages }, forModel: notes.filter(Boolean).join("\n\n") };
}

const asResult = ({ title, url, snippet }: WebResult): string => `- ${title} (${url}) : ${snippet}`;

const NOTHING_FOUND =
  "La recherche n’a donné aucun résultat. Dites-le ; répondez avec ce que vous savez, en disant ce qui est à vérifier.";
const NOTHING_READ =
  "Aucune des pages trouvées n’a pu être lue. Dites-le ; ne tirez de ce qu’en dit le moteur aucun fait précis.";
const UNREAD = "Pages trouvées qui n’ont pas pu être lues, avec ce que le moteur en dit ; elles ne se citent pas :";

const INSTEAD = {
  refused:
    "La personne n’a pas voulu que cette recherche soit envoyée. Répondez sans elle, en le disant en une phrase.",
  skipped: "La personne a arrêté la recherche. Répondez sans elle, en le disant en une phrase.",
  failed:
    "La recherche n’a pas abouti : aucun moteur n’a répondu. Répondez sans elle, en disant clairement que la recherche n’a pas abouti.",
  limited: "La limite de recherches est atteinte. Répondez sans chercher, en le disant clairement.",
};

/** Nothing came: the answer is written without, and says so. */
const ended = (state: SearchWebOutput, step: keyof typeof INSTEAD): Said => ({
  output: { ...state, step },
  forModel: INSTEAD[step],
});
