import "server-only";
import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { documents, filePages, files, messageDocuments, passages, projectDocuments } from "@/db/schema/documents";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { findCursor, toCursor } from "@/lib/conversations/rules";
import { countBits, searchNames, toExcerpt, toTsquery, toWords, type Word } from "@/lib/documents/library-words";
import { documentLimits } from "@/lib/documents/limits";
import { keptBy, measureDocuments, summary } from "@/lib/documents/queries";
import { isLetThrough } from "@/lib/documents/rules";
import type { Page } from "@/lib/extraction/extraction";
import { DOCUMENTS_PER_PAGE, FOUND_MAX, USES_NAMED } from "./rules";
import type { Excerpt, LibraryDocument, LibraryPage, LibraryUsage, Uses } from "./schema";

/** What the actor keeps: the most recent first, or what answers a query best. A cursor that is not ours starts from the first page. */
export function listLibrary(
  actor: Actor,
  { query = "", cursor }: { query?: string | undefined; cursor?: string | undefined } = {},
): Promise<LibraryPage> {
  return asMember(actor.agentId, (tx) => (query === "" ? listRecent(tx, actor, cursor) : search(tx, actor, query)));
}

export async function getLibraryUsage(actor: Actor): Promise<LibraryUsage> {
  const { perAgentMax: countMax, agentBytesMax: bytesMax } = documentLimits();
  const measured = await asMember(actor.agentId, (tx) => measureDocuments(tx, actor.agentId));
  return { ...measured, countMax, bytesMax };
}

async function listRecent(tx: Transaction, actor: Actor, cursor: string | undefined): Promise<LibraryPage> {
  const after = cursor ? findCursor(cursor) : null;
  const older = after && sql`(${documents.createdAt}, ${documents.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const rows = await selectDocuments(tx, and(keptBy(actor), older ?? undefined), DOCUMENTS_PER_PAGE + 1);
  const page = rows.slice(0, DOCUMENTS_PER_PAGE);
  const last = page.at(-1);
  return {
    documents: await withUses(tx, actor, page, new Map()),
    nextCursor: last && rows.length > page.length ? toCursor({ at: last.position, id: last.id }) : null,
    isCut: false,
  };
}

type Row = Awaited<ReturnType<typeof selectDocuments>>[number];

const selectDocuments = (tx: Transaction, isMeant: SQL | undefined, limit: number) =>
  tx
    // The cursor keeps the microseconds that a JavaScript date would drop.
    .select({
      ...summary,
      fileId: files.id,
      createdAt: documents.createdAt,
      position: sql<string>`${documents.createdAt}::text`,
    })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .where(isMeant)
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(limit);

async function withUses(
  tx: Transaction,
  actor: Actor,
  rows: readonly Row[],
  excerpts: ReadonlyMap<string, Excerpt>,
): Promise<LibraryDocument[]> {
  const uses = await listUses(
    tx,
    actor,
    rows.map(({ id }) => id),
  );
  return rows.map(({ fileId, position: _, ...document }) => ({
    ...document,
    canBeTakenBack: isLetThrough(document),
    uses: uses.get(document.id) ?? noUse(),
    excerpt: excerpts.get(fileId) ?? null,
  }));
}

const noUse = (): Uses => ({ conversations: [], count: 0, projects: [] });

/** Neither deleted conversations nor temporary ones are counted. */
async function listUses(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<Map<string, Uses>> {
  if (ids.length === 0) return new Map();
  const used = tx
    .selectDistinct({
      documentId: messageDocuments.documentId,
      id: conversations.id,
      title: conversations.title,
      usedAt: conversations.usedAt,
    })
    .from(messageDocuments)
    .innerJoin(conversations, eq(conversations.id, messageDocuments.conversationId))
    .where(
      and(
        eq(messageDocuments.ownerId, actor.agentId),
        inArray(messageDocuments.documentId, [...ids]),
        eq(conversations.ownerId, actor.agentId),
        isNull(conversations.deletedAt),
        isNull(conversations.expiresAt),
      ),
    )
    .as("used");
  const ranked = tx
    .select({
      documentId: used.documentId,
      id: used.id,
      title: used.title,
      place:
        sql<number>`row_number() over (partition by ${used.documentId} order by ${used.usedAt} desc, ${used.id})`.as(
          "place",
        ),
      count: sql<number>`(count(*) over (partition by ${used.documentId}))::int`.as("count"),
    })
    .from(used)
    .as("ranked");
  const [rows, inProjects] = await Promise.all([
    tx.select().from(ranked).where(sql`place <= ${USES_NAMED}`).orderBy(sql`place`),
    tx
      .select({ documentId: projectDocuments.documentId, id: projects.id, title: projects.title })
      .from(projectDocuments)
      .innerJoin(projects, eq(projects.id, projectDocuments.projectId))
      .where(and(eq(projectDocuments.ownerId, actor.agentId), inArray(projectDocuments.documentId, [...ids])))
      .orderBy(asc(projects.title), asc(projects.id)),
  ]);
  const uses = new Map<string, Uses>();
  for (const { documentId, id, title, count } of rows) {
    const known = uses.get(documentId) ?? { ...noUse(), count };
    known.conversations.push({ id, title });
    uses.set(documentId, known);
  }
  for (const { documentId, ...project } of inProjects) {
    const known = uses.get(documentId) ?? noUse();
    known.projects.push(project);
    uses.set(documentId, known);
  }
  return uses;
}

/** Those that hold the most of what is looked for, in their name or their text; the name first, then what answers best. */
async function search(tx: Transaction, actor: Actor, query: string): Promise<LibraryPage> {
  const named = await tx
    .select({ id: documents.id, name: documents.name, fileId: sql<string>`${documents.fileId}` })
    .from(documents)
    .where(and(keptBy(actor), isNotNull(documents.fileId)))
    .orderBy(desc(documents.createdAt), desc(documents.id));
  const words = toWords(query);
  const hits = await listHits(tx, actor, [...new Set(named.map(({ fileId }) => fileId))], words);
  const inTexts = [...hits.values()].reduce((bits, { held }) => bits | held, 0);
  const inNames = searchNames(named, query, inTexts);
  const scored = named.map(({ id, fileId }) => {
    const name = inNames.get(id) ?? 0;
    const hit = hits.get(fileId);
    return { id, fileId, held: countBits(name | (hit?.held ?? 0)), inName: countBits(name), rank: hit?.rank ?? 0 };
  });
  const most = Math.max(1, ...scored.map(({ held }) => held));
  const found = scored
    .filter(({ held }) => held === most)
    .sort((one, other) => other.inName - one.inName || other.rank - one.rank);
  const shown = found.slice(0, FOUND_MAX);
  if (shown.length === 0) return { documents: [], nextCursor: null, isCut: false };
  const ids = shown.map(({ id }) => id);
  const rows = await selectDocuments(tx, and(keptBy(actor), inArray(documents.id, ids)), FOUND_MAX);
  const excerpts = await listExcerpts(tx, actor, new Set(shown.map(({ fileId }) => fileId)), hits, words);
  return {
    documents: await withUses(
      tx,
      actor,
      rows.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
      excerpts,
    ),
    nextCursor: null,
    isCut: found.length > shown.length,
  };
}

/** Which of the words a file holds (one bit for each), where the best of its passages is, and how well that one answers. */
type Hit = { fileId: string; held: number; page: number; position: number; rank: number };

async function listHits(
  tx: Transaction,
  actor: Actor,
  fileIds: readonly string[],
  words: readonly Word[],
): Promise<Map<string, Hit>> {
  if (words.length === 0 || fileIds.length === 0) return new Map();
  const queries = words.map((word) => sql`${toTsquery(word)}::tsquery`);
  const any = sql`${words.map(toTsquery).join(" | ")}::tsquery`;
  const bits = queries.map(
    (query, index) => sql`case when ${passages.lexemes} @@ ${query} then ${1 << index}::int else 0 end`,
  );
  const holding = tx
    .select({
      fileId: passages.fileId,
      page: passages.page,
      position: passages.position,
      held: sql<number>`${sql.join(bits, sql` + `)}`.as("held"),
      rank: sql<number>`ts_rank(${passages.lexemes}, ${any})`.as("rank"),
    })
    .from(passages)
    .where(
      and(
        eq(passages.ownerId, actor.agentId),
        inArray(passages.fileId, [...fileIds]),
        sql`${passages.lexemes} @@ ${any}`,
      ),
    )
    .as("holding");
  // One comparison finds the best passage and its place: two sorts of all that a file holds would take a third longer.
  const score = sql`bit_count(${holding.held}::bit(16)) + ${holding.rank}`;
  const best = tx
    .select({
      fileId: holding.fileId,
      held: sql<number>`bit_or(${holding.held})`.as("held"),
      best: sql<number[]>`max(array[${score}, -${holding.page}, -${holding.position}]::float8[])`.as("best"),
    })
    .from(holding)
    .groupBy(holding.fileId)
    .as("best");
  const rows = await tx
    .select({
      fileId: best.fileId,
      held: best.held,
      page: sql<number>`(-${best.best}[2])::int`,
      position: sql<number>`(-${best.best}[3])::int`,
      rank: sql<number>`${best.best}[1]`,
    })
    .from(best);
  return new Map(rows.map((hit) => [hit.fileId, hit]));
}

async function listExcerpts(
  tx: Transaction,
  actor: Actor,
  fileIds: ReadonlySet<string>,
  hits: ReadonlyMap<string, Hit>,
  words: readonly Word[],
): Promise<Map<string, Excerpt>> {
  const places = [...hits.values()].filter(({ fileId }) => fileIds.has(fileId));
  if (places.length === 0) return new Map();
  const rows = await tx
    .select({
      fileId: passages.fileId,
      number: passages.page,
      text: passages.text,
      kind: sql<Page["kind"]>`${filePages.kind}`,
      label: filePages.label,
    })
    .from(passages)
    .innerJoin(filePages, and(eq(filePages.fileId, passages.fileId), eq(filePages.number, passages.page)))
    .where(
      and(
        eq(passages.ownerId, actor.agentId),
        or(
          ...places.map(({ fileId, page, position }) =>
            and(eq(passages.fileId, fileId), eq(passages.page, page), eq(passages.position, position)),
          ),
        ),
      ),
    );
  return new Map(rows.map(({ fileId, text, ...page }) => [fileId, { ...page, parts: toExcerpt(text, words) }]));
}
