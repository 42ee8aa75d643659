import "server-only";
import { and, asc, eq, gte, isNotNull, lt, lte, sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import { filePages, files } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import type { Cell, Extraction, Page } from "@/lib/extraction/extraction";

export type ReadPage = {
  number: number;
  kind: Page["kind"];
  label: string | null;
  text: string;
  isRecognised: boolean;
};

/** The titles of a file that was read. */
export async function listTitles(actor: Actor, fileId: string): Promise<Extraction["outline"]> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ outline: sql<Extraction["outline"]>`${files.outline}` })
      .from(files)
      .where(and(eq(files.ownerId, actor.agentId), eq(files.id, fileId))),
  );
  return found?.outline ?? [];
}

/** The text of a file that was read, from its first page or between two, as long as it fits in so many characters. */
export async function listPages(
  actor: Actor,
  fileId: string,
  charactersMax: number,
  { from = 1, to }: { from?: number; to?: number } = {},
): Promise<ReadPage[]> {
  const isWanted = and(gte(filePages.number, from), to === undefined ? undefined : lte(filePages.number, to));
  const before = sql<number>`coalesce(sum(length(${filePages.text})) over (order by ${filePages.number}
    rows between unbounded preceding and 1 preceding), 0)`;
  return asMember(actor.agentId, async (tx) => {
    const pages = tx
      .select({
        number: filePages.number,
        kind: sql<Page["kind"]>`${filePages.kind}`.as("kind"),
        label: filePages.label,
        text: filePages.text,
        isRecognised: filePages.isRecognised,
        before: before.as("before"),
      })
      .from(filePages)
      .where(and(eq(filePages.ownerId, actor.agentId), eq(filePages.fileId, fileId), isWanted))
      .as("pages");
    const rows = await tx.select().from(pages).where(lt(pages.before, charactersMax)).orderBy(asc(pages.number));
    return rows.map(({ before: _, ...page }) => page);
  });
}

export type SheetSummary = {
  number: number;
  /** Null in a CSV. */
  label: string | null;
  /** Empty ones before the last included. */
  rows: number;
  /** The first of them. */
  cells: Cell[][];
};

const sheetsOf = (actor: Actor, fileId: string) =>
  and(eq(filePages.ownerId, actor.agentId), eq(filePages.fileId, fileId), isNotNull(filePages.cells));

/** The sheets of a spreadsheet that was read, in order, with so many of their rows. */
export async function listSheets(actor: Actor, fileId: string, firstRows = 0): Promise<SheetSummary[]> {
  const first = sql`jsonb_path_query_array(${filePages.cells}, ${`$[0 to ${Math.max(0, firstRows - 1)}]`}::text::jsonpath)`;
  return asMember(actor.agentId, (tx) =>
    tx
      .select({
        number: filePages.number,
        label: filePages.label,
        rows: sql<number>`jsonb_array_length(${filePages.cells})`,
        cells: sql<Cell[][]>`${firstRows > 0 ? first : sql`'[]'::jsonb`}`,
      })
      .from(filePages)
      .where(sheetsOf(actor, fileId))
      .orderBy(asc(filePages.number)),
  );
}

/** All the cells of a sheet, and whether rows of the file were left unread; null when there is no such sheet. */
export async function findSheetCells(
  actor: Actor,
  fileId: string,
  number: number,
): Promise<{ cells: Cell[][]; isTruncated: boolean } | null> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        cells: sql<Cell[][]>`${filePages.cells}`,
        isTruncated: sql<boolean>`${files.warnings} ? 'truncated'`,
      })
      .from(filePages)
      .innerJoin(files, eq(files.id, filePages.fileId))
      .where(and(sheetsOf(actor, fileId), eq(filePages.number, number))),
  );
  return found ?? null;
}
