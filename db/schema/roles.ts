import { type SQL, sql } from "drizzle-orm";
import { customType, pgPolicy, pgRole } from "drizzle-orm/pg-core";

/*
 * Each transaction takes one of these roles (db/client.ts). None of them owns a table or has BYPASSRLS, so that the
 * policies below are the second lock: a forgotten WHERE returns nothing.
 */

/** Acts for one agent: sees only the rows that agent owns. */
export const memberRole = pgRole("assistant_member").existing();
/** Signs people in and checks sessions, before any actor is known. Has no grant on what people write. */
export const gateRole = pgRole("assistant_gate").existing();
/** Sweeps and purges. Sees states and dates, never content. */
export const maintenanceRole = pgRole("assistant_maintenance").existing();
/** Owns the functions that search the history. No transaction takes it. */
export const searchRole = pgRole("assistant_search").existing();

/** The agent for whom the transaction acts; null, hence no row, when none was set. */
export const actorId = sql`nullif(current_setting('app.actor', true), '')::uuid`;

const ownedBy = (ownerColumn: string) => sql`${sql.identifier(ownerColumn)} = (select ${actorId})`;

/** What the functions that search may read of a table: the rows of the transaction's actor, and of those what `also` says. */
export const searchedRows = (table: string, ownerColumn: string, also?: SQL) =>
  pgPolicy(`${table}_searched`, {
    as: "permissive",
    for: "select",
    to: searchRole,
    using: also ? sql`${ownedBy(ownerColumn)} and ${also}` : ownedBy(ownerColumn),
  });

/** Whether the conversation of a row is kept: of a temporary one nothing is searched, judged or shown to anyone else. */
export const ofKeptConversation = sql`exists (
  select from conversations where conversations.id = conversation_id and conversations.expires_at is null)`;

/** Rows of `ownerColumn` = the transaction's actor, for every operation. */
export const ownRows = (table: string, ownerColumn: string) => {
  const owned = ownedBy(ownerColumn);
  return pgPolicy(`${table}_own_rows`, {
    as: "permissive",
    for: "all",
    to: memberRole,
    using: owned,
    withCheck: owned,
  });
};

export const allRows = (
  name: string,
  to: typeof gateRole,
  operation: "all" | "select" | "insert" | "update" | "delete",
) =>
  pgPolicy(name, {
    as: "permissive",
    for: operation,
    to,
    ...(operation === "insert" ? {} : { using: sql`true` }),
    ...(operation === "select" || operation === "delete" ? {} : { withCheck: sql`true` }),
  });

/** A text column holds one of these values; the type alone would bind only our own code. */
export const oneOf = (column: string, values: readonly string[]) =>
  sql`${sql.identifier(column)} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`;

/** Words and their places, as PostgreSQL writes them. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
