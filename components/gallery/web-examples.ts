import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { ReadWebPageOutput, SearchWebOutput, VisitedPage } from "@/lib/assistant/tools/web.schema";
import type { CitedPage, MessagePart } from "@/lib/conversations/schema";
import type { SearchEngine, WebFailureCode } from "@/lib/web/schema";

export const anEngine: SearchEngine = { id: "searxng", label: "SearXNG", hosting: "la DINUM, en France" };
const anotherEngine: SearchEngine = { id: "staan", label: "Staan", hosting: "Staan, en Europe" };

const aPage = (more: Partial<VisitedPage> = {}): VisitedPage => ({
  url: "https://www.service-public.fr/particuliers/vosdroits/F3026",
  title: "Congé de formation professionnelle dans la fonction publique",
  site: "Service-Public.fr",
  date: "2026-03-01",
  state: "read",
  failure: null,
  readAt: "2026-11-26T13:05:00Z",
  passages: [],
  ...more,
});

const legal = aPage({
  url: "https://www.legifrance.gouv.fr/circulaire/id/45012?init=true&page=1",
  title: "Circulaire relative à la mobilité des agents",
  site: "Légifrance",
  date: null,
});

const readingPages = [
  aPage(),
  { ...legal, state: "reading" as const, readAt: null },
  aPage({
    url: "https://www.example.org/tribune/2019/conge",
    title: "Un titre de page que personne n’a relu et qui ne s’arrête pas avant la deuxième ligne d’un téléphone",
    site: "example.org",
    state: "unread",
    failure: "timeout",
    readAt: null,
  }),
];

const search = (callId: string, state: ToolPart["state"], output: Partial<SearchWebOutput> | null): ToolPart => ({
  type: "tool",
  name: "search_web",
  callId,
  state,
  input: { query: "congé de formation professionnelle agent territorial" },
  output: output && {
    step: "done",
    query: "congé de formation professionnelle agent territorial",
    removed: [],
    period: null,
    officialOnly: false,
    engine: anEngine,
    pages: [],
    ...output,
  },
});

/** Each step while it is under way, and each end. */
export const searchCalls: MessagePart[] = [
  search("asked", "running", null),
  search("confirming", "running", {
    step: "confirming",
    removed: ["email", "name"],
    period: "month",
    engines: [anEngine, anotherEngine],
  }),
  search("searching", "running", { step: "searching", officialOnly: true }),
  search("reading", "running", { step: "reading", pages: readingPages }),
  search("done", "done", { removed: ["phone"], period: "year", pages: readingPages.slice(0, 1).concat(legal) }),
  search("nothing", "done", { engines: [anotherEngine, anEngine] }),
  search("known", "done", { engines: [], pages: readingPages.slice(0, 1) }),
  search("refused", "done", { step: "refused" }),
  search("skipped", "done", { step: "skipped", pages: readingPages.slice(0, 1) }),
  search("down", "failed", { step: "failed" }),
  search("limited", "failed", { step: "limited" }),
  search("senseless", "failed", null),
];

const FAILURES: readonly WebFailureCode[] = ["closed", "robots", "private", "type", "unreadable", "unreachable"];

/** What is stored of searches: with every kind of page, and interrupted. */
export const unreadPages: MessagePart[] = [
  search("failures", "done", {
    pages: FAILURES.map((failure) => aPage({ url: `https://www.example.org/${failure}`, state: "unread", failure })),
  }),
  search("interrupted", "running", { step: "reading", pages: readingPages }),
  search("lost", "running", null),
];

const read = (callId: string, state: ToolPart["state"], output: ReadWebPageOutput): ToolPart => ({
  type: "tool",
  name: "read_web_page",
  callId,
  state,
  input: { url: output.page.url },
  output,
});
const unread = { state: "unread" as const, readAt: null };
const unknown = aPage({
  url: "https://intrus.example/recevoir?texte=la-conversation-de-quelqu-un",
  site: "intrus.example",
});

export const pageCalls: MessagePart[] = [
  read("page-confirming", "running", { step: "confirming", page: { ...unknown, title: "", ...unread } }),
  read("page-reading", "running", { step: "reading", page: aPage({ state: "reading", readAt: null }) }),
  read("page-done", "done", { step: "done", page: aPage() }),
  read("page-unread", "done", { step: "done", page: aPage({ ...unread, failure: "closed" }) }),
  read("page-refused", "done", { step: "refused", page: { ...unknown, ...unread } }),
  read("page-skipped", "done", { step: "skipped", page: aPage({ ...unread, failure: "cancelled" }) }),
];

const passage =
  "## Demander un congé de formation\n\nL’agent peut demander un congé de formation professionnelle après trois ans de services. La demande est présentée 120 jours avant le début de la formation.\n\n- Durée maximale : trois ans\n- Indemnité : 85 % du traitement pendant douze mois";
const words = "La demande est présentée 120 jours avant le début de la formation.";

export const aPassage: CitedPage = {
  number: 1,
  url: aPage().url,
  title: aPage().title,
  site: aPage().site,
  date: aPage().date,
  readAt: "2026-11-26T13:05:00Z",
  passage,
  start: passage.indexOf(words),
  end: passage.indexOf(words) + words.length,
};

/** An answer that cites one of the pages it read. */
export const webAnswer: MessagePart[] = [
  search("cited", "done", { pages: [aPage(), legal] }),
  { type: "text", text: "Oui [1].", sources: [aPassage] },
];
