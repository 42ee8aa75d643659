import { NextIntlClientProvider } from "next-intl";
import { prerender } from "react-dom/static";
import { expect, it } from "vitest";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { ReadWebPageOutput, SearchWebOutput, VisitedPage } from "@/lib/assistant/tools/web.schema";
import { WEB_FAILURES } from "@/lib/web/schema";
import messages from "@/messages/fr.json";
import { ToolCards } from "./tool-cards";

type Drawn = { html: string; text: string };

/** Waits for what is loaded when it is first shown. */
async function draw(call: ToolPart, isWriting: boolean): Promise<Drawn> {
  const { prelude } = await prerender(
    <NextIntlClientProvider locale="fr" timeZone="Europe/Paris" messages={messages}>
      <ToolCards answerId="a" conversationId="c" parts={[call]} isWriting={isWriting} />
    </NextIntlClientProvider>,
  );
  const html = (await new Response(prelude).text()).replace(/<!--.*?-->/g, "");
  const text = html
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|")
    .replace(/\s/g, " ");
  return { html, text };
}

const aPage = (more: Partial<VisitedPage> = {}): VisitedPage => ({
  url: "https://www.insee.fr/fr/statistiques/1",
  title: "Le coût de la vie",
  site: "Insee",
  date: "2026-03-01",
  state: "read",
  failure: null,
  readAt: "2026-11-26T13:05:00Z",
  passages: ["Le coût de la vie a monté."],
  ...more,
});
const unread = (failure: VisitedPage["failure"]) => aPage({ state: "unread", failure, readAt: null });

const SEARXNG = { id: "searxng", label: "SearXNG", hosting: "l’hébergeur" };
const STAAN = { id: "staan", label: "Staan", hosting: "la DINUM" };

const aSearch = (output: Partial<SearchWebOutput> | null, state: ToolPart["state"] = "done"): ToolPart => ({
  type: "tool",
  name: "search_web",
  callId: "1",
  state,
  input: { query: "coût de la vie de Claire Durand" },
  output: output && {
    step: "done",
    query: "coût de la vie",
    removed: [],
    period: null,
    officialOnly: false,
    engine: SEARXNG,
    pages: [],
    ...output,
  },
});
const running = (output: Partial<SearchWebOutput>) => draw(aSearch(output, "running"), true);
const ended = (output: Partial<SearchWebOutput> | null, state: ToolPart["state"] = "done") =>
  draw(aSearch(output, state), false);

const SENT = "Requête envoyée à SearXNG (hébergé par l’hébergeur) : « coût de la vie »";
const UNSENT = "Requête non envoyée : « coût de la vie »";

const fields = ({ html }: Drawn) => [...html.matchAll(/<textarea[^>]*>([^<]*)</g)].map(([, value]) => value);
const buttons = ({ html }: Drawn) => [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, name]) => name);
const links = ({ html }: Drawn) => [...html.matchAll(/<a ([^>]*)>/g)].map(([, attributes = ""]) => attributes);

it("confirming: the query can be corrected, sent or kept, and is not said to be sent", async () => {
  const card = await running({ step: "confirming", removed: ["email", "nir"], engines: [SEARXNG] });
  expect(card.text).toContain("|Recherche sur le web|Attend votre accord|");
  expect(card.text).toContain("|Destinataire : SearXNG (hébergé par l’hébergeur)|");
  expect(card.text).not.toContain("Requête envoyée");
  expect(card.text).toContain("|Retiré de la requête|adresse électronique et numéro de sécurité sociale|");
  expect(fields(card)).toEqual(["coût de la vie"]);
  expect(buttons(card)).toEqual(["Envoyer la recherche", "Ne pas chercher"]);
});

it("a card never takes the focus, and says its steps in a region that is there before them", async () => {
  const card = await running({ step: "confirming" });
  expect(card.html).not.toMatch(/autofocus/i);
  expect(card.html).toMatch(/<p role="status" class="sr-only"><\/p>/);
});

it.each<[SearchWebOutput["step"], string]>([
  ["searching", "Recherche en cours…"],
  ["reading", "Lecture de 2 pages…"],
])("%s: the query is said to be sent, and the step can be passed", async (step, sentence) => {
  const card = await running({
    step,
    pages: [aPage(), aPage({ url: "https://a.fr/", state: "reading", readAt: null })],
  });
  expect(card.text).toContain(`|Recherche sur le web|${sentence}|${SENT}|`);
  expect(buttons(card)).toEqual(["Passer cette étape"]);
});

it("reading: each page says where it has got", async () => {
  const { text } = await running({
    step: "reading",
    pages: [aPage(), aPage({ url: "https://a.fr/", state: "reading" }), { ...unread("timeout"), url: "https://b.fr/" }],
  });
  expect(text).toContain("|Insee · insee.fr · Page du 1er mars 2026 · lue|");
  expect(text).toContain("|Insee · a.fr · Page du 1er mars 2026 · lecture en cours…|");
  expect(text).toContain("|Insee · b.fr · Page du 1er mars 2026 · non lue. Le site a mis trop de temps à répondre.|");
});

it("done: how many pages were read, from when, where, and nothing left to do", async () => {
  const card = await ended({ period: "week", officialOnly: true, pages: [aPage(), unread("robots")] });
  expect(card.text).toContain(`|Recherche sur le web|1 page lue|${SENT}|`);
  expect(card.text).toContain("|Période|7 derniers jours|Sites|sources officielles seulement|");
  expect(buttons(card)).toEqual([]);
  expect(card.html).not.toContain('role="status"');
});

it.each<[string, Partial<SearchWebOutput>, string, string, string]>([
  ["without a page", {}, "Aucune page lue", SENT, messages.web.search.outcomes.empty],
  ["refused", { step: "refused" }, "Non envoyée", UNSENT, messages.web.search.outcomes.refused],
  [
    "skipped",
    { step: "skipped", pages: [aPage()] },
    "Étape passée, 1 page lue",
    SENT,
    messages.web.search.outcomes.skipped,
  ],
  ["failed", { step: "failed" }, "La recherche n’a pas abouti.", SENT, messages.web.search.outcomes.failed],
  ["limited", { step: "limited" }, "Limite de recherches atteinte", UNSENT, messages.web.search.outcomes.limited],
])("%s: what became of the query, and of the answer", async (_step, output, state, query, outcome) => {
  const { text } = await ended(output);
  expect(text).toContain(`|${state}|${query}|`);
  expect(text).toContain(`|Suite|${outcome.replace(/\s/g, " ")}|`);
});

it.each<[SearchWebOutput["step"], string]>([
  ["confirming", UNSENT],
  ["searching", SENT],
  ["reading", SENT],
])("stored while %s: it is interrupted, and asks for nothing", async (step, query) => {
  const card = await ended({ step, pages: [aPage({ state: "reading", readAt: null })] }, "running");
  expect(card.text).toContain(`|Étape interrompue|${query}|`);
  expect(card.text).toContain(" · non lue|");
  expect(buttons(card)).toEqual([]);
  expect(fields(card)).toEqual([]);
});

it("stored without a result: it is interrupted, or gave nothing", async () => {
  expect((await ended(null, "running")).text).toContain("|Étape interrompue|");
  expect((await ended(null, "failed")).text).toContain("|sans résultat|L’outil n’a rien donné");
});

it("confirming: every engine that may be sent the query is named before it is", async () => {
  const { text } = await running({ step: "confirming", engines: [SEARXNG, STAAN] });
  expect(text).toContain("|Destinataire : SearXNG (hébergé par l’hébergeur), sinon Staan (hébergé par la DINUM)|");
});

it("an engine that was sent the query and did not answer is named with the one that did", async () => {
  const { text } = await ended({ engine: STAAN, engines: [SEARXNG, STAAN] });
  expect(text).toContain(
    "|Requête envoyée à SearXNG (hébergé par l’hébergeur), qui n’a pas répondu, puis à Staan (hébergé par la DINUM) : « coût de la vie »|",
  );
});

it("a query that did not leave is not said to have: its results were known, or no engine could be asked", async () => {
  expect((await ended({ engines: [] })).text).toContain(
    "|Résultats reçus de SearXNG (hébergé par l’hébergeur) il y a moins d’une demi-heure : « coût de la vie »|",
  );
  expect((await ended({ step: "failed", engines: [] })).text).toContain(`|${UNSENT}|`);
});

it("an engine that is not known is not named", async () => {
  expect((await ended({ engine: null })).text).toContain("|Requête envoyée : « coût de la vie »|");
});

it.each(WEB_FAILURES)("a page that was not read for the reason « %s » says so in a sentence", async (failure) => {
  const { text } = await ended({ pages: [unread(failure)] });
  expect(text).toContain(`non lue. ${messages.web.failures[failure].replace(/\s/g, " ")}|`);
});

it("pages are links of their own window, that tell nothing to the site", async () => {
  const card = await ended({ pages: [aPage()] });
  expect(links(card)).toEqual([
    expect.stringMatching(
      /^href="https:\/\/www\.insee\.fr\/fr\/statistiques\/1" target="_blank" rel="noopener noreferrer"/,
    ),
  ]);
  expect(card.text).toContain("|Le coût de la vie| (nouvelle fenêtre)|");
  expect(card.html).not.toMatch(/<img|<iframe/);
});

it("an address that is none of the web is no link", async () => {
  expect(links(await ended({ pages: [aPage({ url: "javascript:alert(1)" })] }))).toEqual([]);
});

const aReading = (output: Partial<ReadWebPageOutput> | null, state: ToolPart["state"] = "done"): ToolPart => ({
  type: "tool",
  name: "read_web_page",
  callId: "1",
  state,
  input: { url: "https://intrus.example/?texte=secret" },
  output: output && { step: "done", page: aPage(), ...output },
});
const suspect = { ...unread(null), url: "https://intrus.example/?texte=secret", title: "Cliquez ici" };

it("a page to confirm shows its address, which is no link, and can be opened or not", async () => {
  const card = await draw(aReading({ step: "confirming", page: suspect }, "running"), true);
  expect(card.text).toContain("|Lecture d’une page web|Attend votre accord|");
  expect(card.text).toContain(
    "|L’assistant demande à ouvrir cette adresse, qui ne vient ni de vous ni d’une recherche :|https://intrus.example/?texte=secret|",
  );
  expect(card.text).not.toContain("Cliquez ici");
  expect(buttons(card)).toEqual(["Ouvrir la page", "Ne pas l’ouvrir"]);
  expect(links(card)).toEqual([]);
});

it("a page being read can be passed", async () => {
  const page = aPage({ state: "reading", readAt: null });
  const card = await draw(aReading({ step: "reading", page }, "running"), true);
  expect(card.text).toContain("|Lecture en cours…|");
  expect(buttons(card)).toEqual(["Passer cette étape"]);
});

it.each<[string, Partial<ReadWebPageOutput> | null, ToolPart["state"], string, number]>([
  ["read", {}, "done", "|Page lue|Le coût de la vie|", 1],
  ["not read", { page: unread("closed") }, "done", "|Page non lue|https://www.insee.fr/fr/statistiques/1|", 1],
  ["refused", { step: "refused", page: suspect }, "done", "|Page non ouverte|https://intrus.example/?texte=secret|", 0],
  ["skipped", { step: "skipped", page: unread("cancelled") }, "done", "|Étape passée|", 1],
  ["stored while confirming", { step: "confirming", page: suspect }, "running", "|Étape interrompue|", 0],
  ["stored while reading", { step: "reading" }, "running", "|Étape interrompue|", 0],
  ["stored without a result", null, "running", "|Étape interrompue|https://intrus.example/?texte=secret|", 0],
  ["senseless", null, "failed", "|sans résultat|", 0],
])("a page that is %s is said to be", async (_what, output, state, said, linked) => {
  const card = await draw(aReading(output, state), false);
  expect(card.text).toContain(said);
  expect(links(card)).toHaveLength(linked);
  expect(buttons(card)).toEqual([]);
});
