import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgPolicy, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { maintenanceRole, oneOf, ownRows } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const TRANSFER_KINDS = ["conversations", "everything", "import"] as const;
export const TRANSFER_STATES = ["waiting", "running", "done", "failed"] as const;

/** What an agent takes away or brings back, when it takes long: made by a job, kept for a day. */
export const transfers = pgTable(
  "transfers",
  {
    /** Also the key of its bytes in the file storage. */
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: TRANSFER_KINDS }).notNull(),
    /** Of a file of conversations. */
    format: text("format"),
    /** What is exported, as `lib/export/schema.ts` describes it: identifiers only. */
    request: jsonb("request"),
    state: text("state", { enum: TRANSFER_STATES }).notNull().default("waiting"),
    /** An `ErrorCode`, when the state is failed. */
    failureCode: text("failure_code"),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    /** Under which it is given; null until it is done. */
    fileName: text("file_name"),
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    /** Of an import: what was added, and what was not. */
    report: jsonb("report"),
    createdAt: moment("created_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    index("transfers_recent").on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("transfers_expiry").on(table.expiresAt),
    check("transfers_kind", oneOf("kind", TRANSFER_KINDS)),
    check("transfers_state", oneOf("state", TRANSFER_STATES)),
    ownRows("transfers", "owner_id"),
    pgPolicy("transfers_sweep_sees", { for: "select", to: maintenanceRole, using: sql`true` }),
    pgPolicy("transfers_sweep", { for: "delete", to: maintenanceRole, using: sql`expires_at < now()` }),
  ],
);
