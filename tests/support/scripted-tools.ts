import { citationScenarios } from "./scripted-citations.ts";
import { answering, begin, DONE, event, lines, type Scenario, say, USAGE } from "./scripted-events.ts";

type Message = { role: string; content: string };

const call = (name: string, given: object | string, id: string) => ({
  index: 0,
  id,
  type: "function",
  function: { name, arguments: typeof given === "string" ? given : JSON.stringify(given) },
});
const deadline = (given: object | string, id = "call_1") => call("deadline", given, id);
const queryTable = (given: object, id = "call_1") => call("query_table", given, id);

const BY_SERVICE = {
  groupBy: ["service"],
  aggregates: [{ calculation: "sum", column: "montant ttc" }],
  sort: [{ calculation: "sum", column: "montant ttc", isDescending: true }],
};

const callOf = (name: string, given: object, id = "call_1") => ({
  index: 0,
  id,
  type: "function",
  function: { name, arguments: JSON.stringify(given) },
});

const TEN_WORKING_DAYS = { start: "2026-04-30", count: "working", days: 10 };

/** The results of tools that this request brings, in their order. */
const resultsIn = (body: Record<string, unknown>): string[] =>
  (body.messages as Message[]).filter(({ role }) => role === "tool").map(({ content }) => content);

const calling = (...calls: object[]): Scenario =>
  lines(
    event({ role: "assistant", content: null }),
    event({ tool_calls: calls }),
    event({}, "tool_calls"),
    USAGE,
    DONE,
  );

/** A round of calls for each scenario given, then an answer made of what the tools gave. */
const rounds =
  (...given: Scenario[]): Scenario =>
  async (response, random, request) => {
    const done = (request.body.messages as Message[]).filter(({ role }) => role === "assistant").length;
    const results = resultsIn(request.body);
    const answer = answering(`Résultats : ${results.join(" | ")}`);
    await (given[done] ?? answer)(response, random, request);
  };

/** Models that call tools, as they do and as they should not. */
export const toolScenarios: Record<string, Scenario> = {
  "calls-deadline": rounds(calling(deadline(TEN_WORKING_DAYS))),
  "says-then-calls": rounds(
    lines(say("Je compte. "), event({ tool_calls: [deadline(TEN_WORKING_DAYS)] }), event({}, "tool_calls"), DONE),
  ),
  "calls-wrongly-then-well": rounds(
    calling(deadline({ start: "30 avril", count: "working", days: 10 })),
    calling(deadline({ ...TEN_WORKING_DAYS, end: "2026-05-20" })),
    calling(deadline("{pas du json")),
    calling(deadline(TEN_WORKING_DAYS)),
  ),
  "calls-what-does-not-exist": rounds(
    calling({ index: 0, id: "x", function: { name: "envoyer_courriel", arguments: "{}" } }),
  ),
  "calls-for-ever": async (response, random, request) => {
    const play =
      request.body.tool_choice === "none" ? answering("Je réponds enfin.") : calling(deadline(TEN_WORKING_DAYS));
    await play(response, random, request);
  },
  "calls-then-fails": rounds(calling(deadline(TEN_WORKING_DAYS)), async (response) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: "key", code: "invalid_api_key" } }));
  }),
  "calls-then-stalls": rounds(calling(deadline(TEN_WORKING_DAYS)), async (response) => {
    begin(response);
    response.write(`${say("Le délai ")}\n\n`);
  }),
  "queries-tables": rounds(
    calling(queryTable({ document: 1, ...BY_SERVICE })),
    calling(queryTable({ document: 2, sheet: "budget", ...BY_SERVICE })),
  ),
  "queries-workbook": rounds(
    calling(
      queryTable({ document: 1, sheet: "Dépenses", aggregates: [{ calculation: "sum", column: "montant ttc" }] }),
    ),
  ),
  "queries-wrongly-then-well": rounds(
    calling(queryTable({ document: 9 })),
    calling(queryTable({ document: 1, sheet: "Annexe" })),
    calling(queryTable({ document: 1, columns: ["Ville"] })),
    calling(queryTable({ document: 1, filters: [{ column: "Note", operator: "contains", value: "=" }] })),
  ),
  "calls-search": rounds(calling(callOf("search_documents", { query: "indemnité kilométrique" }))),
  "searches-then-cites": async (response, random, request) => {
    const isFound = resultsIn(request.body).length > 0;
    const search = calling(callOf("search_documents", { query: "indemnité kilométrique" }));
    await (isFound ? (citationScenarios.cites as Scenario) : search)(response, random, request);
  },
  "calls-search-then-reads": rounds(
    calling(callOf("search_documents", { query: "indemnite kilometrique", document: 1 })),
    calling(callOf("read_pages", { document: 1, from: 3, to: 40 })),
  ),
  "calls-documents-wrongly": rounds(
    calling(callOf("search_documents", { query: "indemnité", document: 9 })),
    calling(callOf("read_pages", { document: 1, from: 5_000 })),
    calling(callOf("search_documents", { query: "xylophone" })),
  ),
  "writes-calls-as-prose": answering(
    '<tool_call>\n{"name": "deadline", "arguments": {"start": "2026-04-30", "count": "working", "days": 10}}\n</tool_call>',
  ),
};
