import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import { z } from "zod";
import { folded, toLexemes } from "../lib/documents/lexemes.ts";
import { lexemesOf, toPassages, toVector } from "../lib/documents/passages.ts";
import { bm25, placesIn, rank, type Term, toTerms, withSimilar } from "../lib/documents/ranking.ts";
import { quantile } from "./support/figures.ts";

/*
 * Asks the questions of a file in the format of SQuAD, and prints how often the text that answers comes first, in the first five,
 * in the first ten: with the ranking of the application, with BM25 alone, and with those of PostgreSQL. The texts are cut and
 * stemmed by the application's own code. The sample that comes with it is small and made by hand: it shows that the bench works,
 * and says little of the ranking.
 */
const { values: flags } = parseArgs({
  options: {
    squad: { type: "string", default: "bench/support/squad-sample.json" },
    /** The first so many questions; 0: all. */
    questions: { type: "string", default: "0" },
  },
});

const squad = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(z.object({ context: z.string(), qas: z.array(z.object({ question: z.string() })) })),
    }),
  ),
});
const FIRST = 10;

const paragraphs = squad.parse(JSON.parse(readFileSync(flags.squad, "utf8"))).data.flatMap((each) => each.paragraphs);
const contexts = [...new Set(paragraphs.map(({ context }) => context))];
const questions = paragraphs
  .flatMap(({ context, qas }) => qas.map(({ question }) => ({ question, answer: contexts.indexOf(context) })))
  .slice(0, Number(flags.questions) || undefined);

const passages = contexts.flatMap((context, index) =>
  toPassages([{ number: index, label: null, text: context }]).map((passage) => {
    const lexemes = lexemesOf(passage);
    return {
      ...passage,
      words: lexemes.length,
      vector: toVector(lexemes),
      lexemes: new Set(lexemes.map((l) => l.lexeme)),
    };
  }),
);
type Indexed = (typeof passages)[number];
const holders = new Map<string, Indexed[]>();
for (const passage of passages)
  for (const lexeme of passage.lexemes) holders.set(lexeme, [...(holders.get(lexeme) ?? []), passage]);
const counts = {
  passages: passages.length,
  wordsMean: passages.reduce((sum, { words }) => sum + words, 0) / passages.length,
  holding: new Map([...holders].map(([lexeme, held]) => [lexeme, held.length])),
};
const lexicon = [...holders.keys()];

const isMissing = ({ lexemes }: Term) => lexemes.every((lexeme) => !holders.has(lexeme));

function candidatesFor(terms: readonly Term[]) {
  const lexemes = terms.flatMap((term) => term.lexemes);
  const found = new Set(lexemes.flatMap((lexeme) => holders.get(lexeme) ?? []));
  return [...found].map(({ page, words, vector }) => ({ page, words, places: placesIn(vector, lexemes) }));
}

/** As the application answers: the numbers of contexts, the best first. */
function application(question: string): number[] {
  const asked = toTerms(question);
  const terms = asked.some(isMissing) ? withSimilar(asked, isMissing, lexicon) : asked;
  return rank(candidatesFor(terms), terms, counts, FIRST).map(({ page }) => page);
}

function plainBm25(question: string): number[] {
  const terms = toTerms(question);
  const scored = candidatesFor(terms).map(({ page, ...passage }) => ({ page, score: bm25(passage, terms, counts) }));
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, FIRST)
    .map(({ page }) => page);
}

const database = await PGlite.create();
await database.exec("create table passages (page integer, own tsvector, snowball tsvector)");
for (const { page, vector, text } of passages)
  await database.query("insert into passages values ($1, $2::tsvector, to_tsvector('french', $3))", [
    page,
    vector,
    folded(text).replace(/[’']/g, " "),
  ]);

/** Any of the words, ranked by a function of PostgreSQL. */
const inPostgres = (column: "own" | "snowball", ranking: string) => async (question: string) => {
  const words = column === "own" ? ownQuery(question) : await snowballQuery(question);
  if (words === "") return [];
  const { rows } = await database.query<{ page: number }>(
    `select page from passages where ${column} @@ $1::tsquery order by ${ranking}(${column}, $1::tsquery) desc limit ${FIRST}`,
    [words],
  );
  return rows.map(({ page }) => page);
};
const ownQuery = (question: string) => [...new Set(toLexemes(question).map(({ lexeme }) => `'${lexeme}'`))].join(" | ");
async function snowballQuery(question: string): Promise<string> {
  const { rows } = await database.query<{ lexeme: string }>(
    "select distinct quote_literal(lexeme) as lexeme from unnest(to_tsvector('french', $1))",
    [folded(question).replace(/[’']/g, " ")],
  );
  return rows.map(({ lexeme }) => lexeme).join(" | ");
}

console.log(`${contexts.length} texts, ${passages.length} passages, ${questions.length} questions`);
console.log("ranking                    recall@1  recall@5  recall@10  MRR@10  ms (median)");
await measure("application", application);
await measure("BM25", plainBm25);
await measure("ts_rank", inPostgres("own", "ts_rank"));
await measure("ts_rank_cd", inPostgres("own", "ts_rank_cd"));
await measure("ts_rank, french", inPostgres("snowball", "ts_rank"));
await measure("ts_rank_cd, french", inPostgres("snowball", "ts_rank_cd"));
await database.close();

async function measure(name: string, answer: (question: string) => number[] | Promise<number[]>): Promise<void> {
  const ranks: number[] = [];
  const times: number[] = [];
  for (const { question, answer: right } of questions) {
    const start = performance.now();
    const found = await answer(question);
    times.push(performance.now() - start);
    ranks.push([...new Set(found)].indexOf(right) + 1);
  }
  const within = (limit: number) => share(ranks.filter((at) => at > 0 && at <= limit).length);
  const mrr = ranks.reduce((sum, at) => sum + (at > 0 ? 1 / at : 0), 0) / ranks.length;
  const figures = [within(1), within(5), within(FIRST), mrr.toFixed(3), quantile(times, 0.5).toFixed(1)];
  console.log(name.padEnd(27) + figures.map((figure) => figure.padEnd(10)).join(""));
}

function share(count: number): string {
  return `${((100 * count) / questions.length).toFixed(1)} %`;
}
