import { parseArgs } from "node:util";
import { asGate, asMember, replaceDatabase } from "../db/client.ts";
import { openPostgres } from "../db/open.ts";
import { agents } from "../db/schema/agents.ts";
import { conversations } from "../db/schema/conversations.ts";
import { documents, filePages, files, passages, projectDocuments } from "../db/schema/documents.ts";
import { projects } from "../db/schema/projects.ts";
import { getTurnSettings } from "../lib/assistant/queries.ts";
import type { Actor } from "../lib/auth/actor.ts";
import { lexemesOf, toPassages, toVector } from "../lib/documents/passages.ts";
import { newId } from "../lib/id.ts";
import { findRelevantPassages } from "../lib/passages/queries.ts";
import { setTestSettings } from "../tests/support/settings.ts";
import { createThrowawayDatabase } from "./support/database.ts";
import { measureReads } from "./support/figures.ts";
import { makeText, makeVocabulary, randomFrom } from "./support/zipf-french.ts";

/*
 * What a project adds before the model is asked: its settings and the list of its documents, then the passages that have to do
 * with the question, as the application's own role on PostgreSQL. Prints figures beside their budget; it fails nothing.
 */
const { values: flags } = parseArgs({
  options: {
    documents: { type: "string", default: "50" },
    pages: { type: "string", default: "100" },
    times: { type: "string", default: "100" },
  },
});
const BUDGET_MS = 300;
const WORDS_PER_PAGE = 550;

setTestSettings();
const vocabulary = makeVocabulary(40_000);
const random = randomFrom(11);
const database = await createThrowawayDatabase();
if (!database) throw new Error("PostgreSQL does not answer: there is nothing to measure.");
const opened = await openPostgres(database.url);
replaceDatabase(opened);

try {
  const { actor, conversationId, outside } = await aProject();
  const settings = await asMember(actor.agentId, (tx) => getTurnSettings(tx, actor, conversationId));
  const fileIds = (settings.project?.documents ?? []).map(({ fileId }) => fileId);
  const search = (words: number, from: number, to: number) => () =>
    findRelevantPassages(actor, fileIds, aQuestion(words, from, to), 6);
  console.table([
    await measure("settings, out of any project", () =>
      asMember(actor.agentId, (tx) => getTurnSettings(tx, actor, outside)),
    ),
    await measure("settings, with the documents of the project", () =>
      asMember(actor.agentId, (tx) => getTurnSettings(tx, actor, conversationId)),
    ),
    await measure("question of rare words", search(4, 5_000, 30_000)),
    await measure("question of ordinary words", search(6, 100, 5_000)),
    await measure("long question of frequent words", search(24, 20, 1_000)),
    await measure("words that are nowhere", () => findRelevantPassages(actor, fileIds, "xylophone ornithorynque", 6)),
  ]);
} finally {
  await opened.close();
  await database.drop();
}

function aQuestion(words: number, from: number, to: number): string {
  const drawn = () => vocabulary.words[Math.floor(from * (to / from) ** random())] ?? "";
  return Array.from({ length: words }, drawn).join(" ");
}

async function aProject(): Promise<{ actor: Actor; conversationId: string; outside: string }> {
  const agentId = newId();
  const [projectId, conversationId, outside] = [newId(), newId(), newId()];
  const own = { ownerId: agentId };
  await asGate((tx) =>
    tx.insert(agents).values({ id: agentId, email: `${agentId}@exemple.test`, givenName: "Agent", usualName: "Essai" }),
  );
  await asMember(agentId, async (tx) => {
    await tx.insert(projects).values({ id: projectId, ...own, title: "Projet", colour: "blue" });
    await tx.insert(conversations).values([
      { id: conversationId, ...own, title: "Dedans", projectId },
      { id: outside, ...own, title: "Dehors" },
    ]);
  });
  let total = 0;
  for (let n = 0; n < Number(flags.documents); n += 1) {
    const [id, fileId] = [newId(), newId()];
    const pages = Array.from({ length: Number(flags.pages) }, (_, index) => ({
      number: index + 1,
      label: null,
      text: Array.from({ length: WORDS_PER_PAGE / 110 }, () => makeText(vocabulary, 110, random).text).join("\n\n"),
    }));
    const rows = toPassages(pages).map((passage) => {
      const lexemes = lexemesOf(passage);
      return { ...passage, fileId, ...own, lexemes: toVector(lexemes), words: lexemes.length };
    });
    total += rows.length;
    await asMember(agentId, async (tx) => {
      const read = { state: "ready" as const, type: "pdf", pages: pages.length, sizeBytes: 1, extension: "pdf" };
      await tx.insert(files).values({ id: fileId, ...own, sha256: fileId, ...read });
      await tx.insert(documents).values({ id, ...own, fileId, name: `document ${n}.pdf` });
      await tx.insert(projectDocuments).values({ projectId, documentId: id, ...own });
      await tx.insert(filePages).values(pages.map((page) => ({ ...page, fileId, ...own, kind: "page" })));
      for (let at = 0; at < rows.length; at += 500) await tx.insert(passages).values(rows.slice(at, at + 500));
    });
  }
  console.log(`${flags.documents} documents of ${flags.pages} pages: ${total} passages`);
  return { actor: { agentId, sessionId: newId(), role: "member" } as unknown as Actor, conversationId, outside };
}

function measure(what: string, read: () => Promise<unknown>) {
  return measureReads(what, read, { times: Number(flags.times), warmUp: 5, budgetMs: BUDGET_MS });
}
