import "server-only";
import { eq, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { folded } from "@/lib/documents/lexemes";
import { type Candidate, findCandidates, hasLongerHistory, type Wanted } from "@/lib/history-candidates/queries";
import { type Found, listFound } from "@/lib/history-found/queries";
import { listNearWords } from "@/lib/history-near/queries";
import {
  holdsPhrases,
  isEmpty,
  type Sought,
  toClosedTsquery,
  toExclusion,
  toSought,
  toTsquery,
  toWholeTsquery,
} from "@/lib/sought/rules";
import {
  type Cursor,
  findCursor,
  findProjects,
  type HistoryQuery,
  hasFilter,
  parseHistoryQuery,
  startOfDay,
  toCursor,
} from "./rules";
import {
  type ConversationMatches,
  HISTORY_COUNT_MAX,
  type HistoryHit,
  type HistoryPage,
  type HistorySearch,
  type UnknownProject,
} from "./schema";

const HITS_PER_PAGE = 20;
/** Fewer, and words that look like those typed are looked for. */
const FEW = 3;
const QUICK_HITS = 8;
/** As one types, what was written lately is looked through first; this much costs little, and for most is all. */
const QUICK_ENTRIES = 2_000;
/** Of beginnings, the index gives a few that are not: letters are not doubled in it. */
const QUICK_CANDIDATES = 24;
const BEGINNING_IN_DOCUMENTS_MIN = 4;
const BRANCH_MESSAGES_MAX = 4_000;

const EMPTY = { hits: [], total: 0, isTotalCapped: false, nextCursor: null, suggestions: [], isApproximate: false };

/** What holds the words of a query in all that is the actor's: titles, questions, answers, documents, sources. */
export async function searchHistory(actor: Actor, search: HistorySearch): Promise<HistoryPage> {
  const query = parseHistoryQuery(search.query);
  const sought = toSought(query, { isTyping: false });
  const { misread } = query;
  const nothing = { ...EMPTY, misread, unknownProject: null };
  if (isEmpty(sought) && !hasFilter(query)) return nothing;
  const cursor = search.cursor ? findCursor(search.cursor) : null;
  return asMember(actor.agentId, async (tx) => {
    const { filters, unknownProject } = await filtersOf(tx, actor, query);
    const left = { misread, unknownProject };
    if (isEmpty(sought) && unknownProject && !hasFilter({ ...query, project: null })) return { ...nothing, ...left };
    const asked = { filters, sort: search.sort, cursor };
    const whole = await findPage(tx, actor, sought, asked);
    if (whole.total >= FEW || sought.words.length === 0) return { ...whole, ...left };
    // The page after follows the same way as the one before: what has few hits has no page after.
    const begun = isUnfinished(search.query)
      ? await findPage(tx, actor, toSought(query, { isTyping: true }), asked)
      : whole;
    const page = begun.total > whole.total ? begun : whole;
    if (page.total >= FEW) return { ...page, ...left };
    const near = await listNearWords(tx, sought);
    if (!near) return { ...page, ...left };
    const nearby = await findPage(tx, actor, near.sought, asked);
    const suggestions = nearby.total > 0 ? near.suggest(query, nearby.hits) : [];
    return page.total > 0 || nearby.total === 0
      ? { ...page, suggestions, ...left }
      : { ...nearby, suggestions, isApproximate: true, ...left };
  });
}

/** Ends within a word, which may have more letters to come. */
const isUnfinished = (text: string): boolean => /[\p{L}\p{N}]$/u.test(text);

type Asked = { filters: Filters; sort: HistorySearch["sort"]; cursor: Cursor | null };

async function findPage(
  tx: Transaction,
  actor: Actor,
  sought: Sought,
  { filters, sort, cursor }: Asked,
): Promise<Omit<HistoryPage, "misread" | "unknownProject">> {
  const asOf = cursor?.asOf ?? Date.now();
  const isExact = sought.phrases.length > 0;
  const candidates = await findCandidates(tx, {
    ...filters,
    asked: toTsquery(sought),
    inDocuments: toTsquery(sought),
    excluded: toExclusion(sought),
    isByDate: sort === "date",
    asOf,
    // Phrases are looked for in texts: the index knows stems only.
    after: isExact ? null : cursor,
    wanted: isExact ? HISTORY_COUNT_MAX + 1 : HITS_PER_PAGE + 1,
    countedMax: HISTORY_COUNT_MAX + 1,
  });
  const { kept, total } = isExact
    ? await keepExact(tx, actor, candidates, sought, cursor)
    : { kept: candidates, total: candidates[0]?.total ?? 0 };
  const shown = kept.slice(0, HITS_PER_PAGE);
  const last = shown.at(-1);
  return {
    hits: toHits(await listFound(tx, actor, shown, sought)),
    total: Math.min(total, HISTORY_COUNT_MAX),
    isTotalCapped: total > HISTORY_COUNT_MAX,
    nextCursor: last && kept.length > shown.length ? toCursor({ asOf, ...last.position }) : null,
    suggestions: [],
    isApproximate: false,
  };
}

/** Those that hold the phrases as they are written, after the cursor; `total` before it too. */
async function keepExact(
  tx: Transaction,
  actor: Actor,
  candidates: readonly Candidate[],
  sought: Sought,
  cursor: Cursor | null,
): Promise<{ kept: Candidate[]; total: number }> {
  const found = await listFound(tx, actor, candidates, sought);
  const exact = new Set(
    found.filter(({ texts }) => holdsPhrases(texts.join("\n"), sought)).map(({ candidate }) => candidate),
  );
  const kept = candidates.filter((candidate) => exact.has(candidate));
  const at = cursor ? kept.findIndex(({ position }) => position.key === cursor.key) : -1;
  return { kept: kept.slice(at + 1), total: kept.length };
}

type Filters = Pick<Wanted, "since" | "until" | "withFile" | "withWeb" | "modelLabels" | "projectIds">;

async function filtersOf(
  tx: Transaction,
  actor: Actor,
  query: HistoryQuery,
): Promise<{ filters: Filters; unknownProject: UnknownProject | null }> {
  const { project } = query;
  const found = project === null ? { ids: null } : findProjects(await listTitles(tx, actor), project);
  return {
    filters: {
      since: query.after ? startOfDay(query.after) : null,
      until: query.before ? startOfDay(query.before) : null,
      withFile: query.withFile,
      withWeb: query.withWeb,
      modelLabels: query.model === null ? null : await listModelLabels(tx, actor, query.model),
      projectIds: found.ids,
    },
    unknownProject: project !== null && "reason" in found ? { title: project, reason: found.reason } : null,
  };
}

const listTitles = (tx: Transaction, actor: Actor) =>
  tx.select({ id: projects.id, title: projects.title }).from(projects).where(eq(projects.ownerId, actor.agentId));

/** The models that answered the actor and whose name holds this. */
async function listModelLabels(tx: Transaction, actor: Actor, model: string): Promise<string[]> {
  const used = await tx.selectDistinct({ label: turns.modelLabel }).from(turns).where(eq(turns.ownerId, actor.agentId));
  return used.map(({ label }) => label).filter((label) => folded(label).includes(folded(model)));
}

/** As one types: the last word may be a beginning. The few best. */
export async function searchHistoryQuickly(actor: Actor, text: string): Promise<HistoryHit[]> {
  const query = parseHistoryQuery(text);
  const sought = toSought(query, { isTyping: isUnfinished(text) });
  if (isEmpty(sought) && !hasFilter(query)) return [];
  return asMember(actor.agentId, async (tx) => {
    const { filters, unknownProject } = await filtersOf(tx, actor, query);
    if (isEmpty(sought) && unknownProject) return [];
    const wanted = {
      ...filters,
      asked: toTsquery(sought),
      whole: toWholeTsquery(sought),
      // A beginning is looked for in all that was ever attached only when little else is found.
      inDocuments: toClosedTsquery(sought),
      excluded: toExclusion(sought),
      isByDate: false,
      asOf: Date.now(),
      wanted: QUICK_CANDIDATES,
      countedMax: QUICK_CANDIDATES,
    };
    // One round trip for both.
    const [isLonger, lately] = await Promise.all([
      hasLongerHistory(tx, QUICK_ENTRIES),
      findCandidates(tx, { ...wanted, latest: QUICK_ENTRIES }),
    ]);
    const candidates = isLonger && lately.length < QUICK_HITS ? await findCandidates(tx, wanted) : lately;
    const hits = await keepHeld(tx, actor, candidates, sought);
    if (hits.length >= QUICK_HITS || !hasLongBeginning(sought)) return hits;
    const everywhere = await findCandidates(tx, { ...wanted, inDocuments: toTsquery(sought) });
    return keepHeld(tx, actor, everywhere, sought);
  });
}

/** The few best of those that hold all the words. */
async function keepHeld(
  tx: Transaction,
  actor: Actor,
  candidates: readonly Candidate[],
  sought: Sought,
): Promise<HistoryHit[]> {
  const found = await listFound(tx, actor, candidates, sought);
  return toHits(
    found.filter(({ held, texts }) => held >= sought.words.length && holdsPhrases(texts.join("\n"), sought)),
  ).slice(0, QUICK_HITS);
}

/** Shorter beginnings are those of too many words to be looked for in documents. */
const hasLongBeginning = ({ words }: Sought): boolean =>
  words.some(({ begun, written }) => begun.length > 0 && written.length >= BEGINNING_IN_DOCUMENTS_MIN);

const toHits = (found: readonly Found[]): HistoryHit[] => found.map(({ hit }) => hit);

/** The messages of the shown branch of a conversation that hold the words, in its order. Nothing in one that is not the actor's. */
export async function findInConversation(
  actor: Actor,
  conversationId: string,
  text: string,
): Promise<ConversationMatches> {
  const sought = toSought(parseHistoryQuery(text), { isTyping: false });
  if (isEmpty(sought)) return { messageIds: [] };
  return asMember(actor.agentId, async (tx) => {
    const branch = await listBranchIds(tx, actor, conversationId);
    if (branch.length === 0) return { messageIds: [] };
    const candidates = await findCandidates(tx, {
      asked: toTsquery(sought),
      inDocuments: toTsquery(sought),
      inConversation: conversationId,
      isByDate: true,
      asOf: Date.now(),
      wanted: BRANCH_MESSAGES_MAX,
      countedMax: BRANCH_MESSAGES_MAX,
    });
    const { kept } =
      sought.phrases.length > 0 ? await keepExact(tx, actor, candidates, sought, null) : { kept: candidates };
    const holding = new Set(kept.map(({ messageId }) => messageId));
    return { messageIds: branch.filter((id) => holding.has(id)) };
  });
}

async function listBranchIds(tx: Transaction, actor: Actor, conversationId: string): Promise<string[]> {
  const branch = tx
    .select({ id: sql<string>`id`.as("id"), height: sql<number>`height`.as("height") })
    .from(
      sql`(with recursive branch as (
        select message.id, message.parent_id, 1 as height from ${messages} message
          join ${conversations} shown on shown.shown_leaf_id = message.id
          where shown.id = ${conversationId} and shown.owner_id = ${actor.agentId} and shown.deleted_at is null
            and message.owner_id = ${actor.agentId}
        union all
        select parent.id, parent.parent_id, branch.height + 1 from branch
          join ${messages} parent on parent.id = branch.parent_id and parent.owner_id = ${actor.agentId}
          where branch.height < ${BRANCH_MESSAGES_MAX}
      ) select id, height from branch) walked`,
    )
    .as("branch");
  const rows = await tx.select({ id: branch.id }).from(branch).orderBy(sql`height desc`);
  return rows.map(({ id }) => id);
}
