import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { Position } from "@/lib/history/rules";

/** What `search_history` is asked (db/migrations/0026_search_in_projects.sql). It searches for the transaction's actor. */
export type Wanted = {
  /** Queries in the syntax of PostgreSQL. */
  asked: string | null;
  whole?: string | null;
  inDocuments?: string | null;
  /** What titles must not hold, when nothing is asked. */
  excluded?: string | null;
  since?: Date | null;
  until?: Date | null;
  withFile?: boolean;
  withWeb?: boolean;
  modelLabels?: string[] | null;
  projectIds?: string[] | null;
  inConversation?: string | null;
  latest?: number | null;
  isByDate: boolean;
  /** In milliseconds. */
  asOf: number;
  after?: Position | null;
  wanted: number;
  countedMax: number;
};

/** A message, a title (`messageId` is null), or a passage of a document that came with a message. */
export type Candidate = {
  conversationId: string;
  messageId: string | null;
  passage: { documentId: string; page: number; position: number } | null;
  at: Date;
  position: Position;
  /** How many there are, counted up to what was asked. */
  total: number;
};

/** In the order in which they are shown. */
export async function findCandidates(tx: Transaction, wanted: Wanted): Promise<Candidate[]> {
  const { asked, after, modelLabels, projectIds } = wanted;
  const labels = modelLabels ? JSON.stringify(modelLabels) : null;
  const inProjects = projectIds ? JSON.stringify(projectIds) : null;
  const found = sql`search_history(${asked ?? null}::tsquery, ${wanted.whole ?? null}::tsquery, ${wanted.inDocuments ?? null}::tsquery,
    ${asked ? null : (wanted.excluded ?? null)}::tsquery, ${wanted.since?.toISOString() ?? null}::timestamptz,
    ${wanted.until?.toISOString() ?? null}::timestamptz, ${wanted.withFile ?? false}::boolean, ${wanted.withWeb ?? false}::boolean,
    case when ${labels}::jsonb is not null
      then (select coalesce(array_agg(label), '{}') from jsonb_array_elements_text(${labels}::jsonb) label) end,
    ${wanted.inConversation ?? null}::uuid, ${wanted.latest ?? null}::integer, ${wanted.isByDate}::boolean,
    to_timestamp(${wanted.asOf}::float8 / 1000), ${after?.score ?? null}::float8,
    timestamptz 'epoch' + ${after?.at ?? null}::float8 * interval '1 microsecond', ${after?.key ?? null}::text,
    ${wanted.wanted}::integer, ${wanted.countedMax}::integer,
    case when ${inProjects}::jsonb is not null
      then (select coalesce(array_agg(id::uuid), '{}') from jsonb_array_elements_text(${inProjects}::jsonb) id) end)`;
  const rows = await tx
    .select({
      conversationId: sql<string>`conversation_id`,
      messageId: sql<string | null>`message_id`,
      documentId: sql<string | null>`document_id`,
      page: sql<number | null>`page`,
      place: sql<number | null>`place`,
      at: sql<string>`(extract(epoch from at) * 1000000)::bigint::text`,
      score: sql<string>`score::text`,
      key: sql<string>`key`,
      total: sql<number>`total`,
    })
    .from(sql`${found} found`)
    .orderBy(sql`score desc, at desc, key desc`);
  return rows.map(({ documentId, page, place, at, score, key, ...row }) => ({
    ...row,
    passage: documentId && page !== null && place !== null ? { documentId, page, position: place } : null,
    at: new Date(Number(at) / 1000),
    position: { at, score, key },
  }));
}

/** Whether the transaction's actor wrote, and was answered, more than so many messages. */
export async function hasLongerHistory(tx: Transaction, entries: number): Promise<boolean> {
  const [answer] = await tx
    .select({ isLonger: sql<boolean>`has_longer_history(${entries}::integer)` })
    .from(sql`(select) one`);
  return answer?.isLonger ?? false;
}
