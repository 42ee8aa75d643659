import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { SearchWebOutput } from "@/lib/assistant/tools/web.schema";
import type { Provenance as Known, MessagePart } from "@/lib/conversations/schema";
import messages from "@/messages/fr.json";
import { ContextGauge } from "./context-gauge";
import { Provenance } from "./provenance";

const nothingKnown: Known = {
  modelLabel: "Mistral Small",
  hostingLabel: null,
  requestedModelLabel: null,
  firstTokenMs: null,
  durationMs: null,
  inputTokens: null,
  outputTokens: null,
  co2: null,
};

const read = (element: React.ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={messages} timeZone="Europe/Paris">
      {element}
    </NextIntlClientProvider>,
  )
    .replace(/<[^>]+>/g, "|")
    .replace(/\s/g, " ");

const factsOf = (known: Partial<Known>) => read(<Provenance answerId="1" provenance={{ ...nothingKnown, ...known }} />);

it("says the model alone when nothing else is known", () => {
  expect(factsOf({}).replaceAll("|", "")).toBe("À propos de cette réponse : Mistral Small");
});

it.each<[string, Partial<Known>, string]>([
  ["where the model runs", { hostingLabel: "Etalab, en France" }, "Hébergement : Etalab, en France"],
  ["how long it took", { durationMs: 4_230 }, "Durée : 4,2 s"],
  [
    "a first word that came at once",
    { durationMs: 420, firstTokenMs: 12 },
    "Durée : 0,4 s, premier mot après moins de 0,1 s",
  ],
  ["the time to the first word", { durationMs: 42_300, firstTokenMs: 800 }, "Durée : 42 s, premier mot après 0,8 s"],
  ["minutes", { durationMs: 72_000 }, "Durée : 1 min 12 s"],
  ["a time that rounds to a minute", { durationMs: 59_700 }, "Durée : 1 min 0 s"],
  ["tokens", { inputTokens: 12_345, outputTokens: 640 }, "12 345 jetons lus, 640 jetons écrits"],
  [
    "an estimate",
    { co2: { gramsMin: 0.0041734, gramsMax: 0.0041734, source: "estimate" } },
    "Émissions : 0,0042 g CO₂e (estimation)",
  ],
  [
    "a range when the size is unknown",
    { co2: { gramsMin: 0.12, gramsMax: 0.3149, source: "estimate" } },
    "Émissions : entre 0,12 et 0,31 g CO₂e (estimation)",
  ],
  [
    "the provider’s own figure",
    { co2: { gramsMin: 1.26, gramsMax: 1.26, source: "provider" } },
    "Émissions : 1,3 g CO₂e, donné par le fournisseur",
  ],
  [
    "that another model answered",
    { requestedModelLabel: "gpt-oss" },
    "Le modèle demandé, gpt-oss, ne répondait pas : Mistral Small a répondu.",
  ],
])("says %s", (_what, known, sentence) => {
  expect(factsOf(known)).toContain(`|${sentence}|`);
});

const search = (step: SearchWebOutput["step"], label = "SearXNG"): MessagePart => ({
  type: "tool",
  name: "search_web",
  callId: `${label} ${step}`,
  state: "done",
  input: { query: "coût" },
  output: {
    step,
    query: "coût",
    removed: [],
    period: null,
    officialOnly: false,
    engine: { id: label, label, hosting: "la DINUM" },
    pages: [],
  },
});
const searches = (...parts: MessagePart[]) => read(<Provenance answerId="1" provenance={nothingKnown} parts={parts} />);

it("says which engines were sent searches, and how many", () => {
  expect(searches(search("done"))).toContain("|Recherche envoyée à SearXNG (hébergé par la DINUM)|");
  const several = searches(search("failed"), search("skipped"), search("done", "Staan"));
  expect(several).toContain("|2 recherches envoyées à SearXNG (hébergé par la DINUM)|");
  expect(several).toContain("|Recherche envoyée à Staan (hébergé par la DINUM)|");
});

it("counts the engines that were asked and did not answer, and not those whose results were known", () => {
  const [first, second] = ["SearXNG", "Staan"].map((label) => ({ id: label, label, hosting: "la DINUM" }));
  const both = { ...search("done", "Staan") };
  if (both.type !== "tool" || both.name !== "search_web" || !both.output || !first || !second)
    throw new Error("no search");
  const sent = { ...both, output: { ...both.output, engines: [first, second] } };
  const known = { ...both, output: { ...both.output, engines: [] } };
  expect(searches(sent, known)).toContain("|Recherche envoyée à SearXNG (hébergé par la DINUM)|");
  expect(searches(sent, known)).toContain("|Recherche envoyée à Staan (hébergé par la DINUM)|");
  expect(searches(known)).not.toContain("echerche");
});

it.each(["confirming", "refused", "limited"] as const)("says nothing of a search that did not leave: %s", (step) => {
  expect(searches(search(step))).not.toContain("echerche");
});

it.each([
  [1_000, 10],
  [4_200, 42],
  [9_999, 100],
  [12_000, 100],
])("says that %d tokens of 10,000 fill the context to %d %%", (usedTokens, percent) => {
  expect(read(<ContextGauge usedTokens={usedTokens} budgetTokens={10_000} />)).toContain(
    `Contexte rempli à ${percent} %`,
  );
});

it("writes that the oldest messages are summed up, once they are", () => {
  const fill = (usedTokens: number) => read(<ContextGauge usedTokens={usedTokens} budgetTokens={10_000} />);
  expect(fill(7_600)).toContain("Contexte rempli à 76 %. Les messages les plus anciens sont résumés pour le modèle.");
  expect(fill(6_900)).not.toContain("résumés");
});

it("says nothing of a context that is nearly empty", () => {
  expect(read(<ContextGauge usedTokens={940} budgetTokens={10_000} />)).toBe("");
});
